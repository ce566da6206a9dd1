import { useRef } from 'preact/hooks'

/** Of what was pasted or dropped. */
export const filesIn = (data: DataTransfer | null): readonly File[] => [...(data?.files ?? [])]

export function FileButton({ onFiles }: { onFiles(files: readonly File[]): void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-test="pane-file"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])])
          // The same one may be chosen again.
          currentTarget.value = ''
        }}
      />
      <button type="button" class="plain" data-test="pane-attach" onClick={() => input.current?.click()}>
        Attach
      </button>
    </>
  )
}
