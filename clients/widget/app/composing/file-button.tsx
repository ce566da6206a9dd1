import { useRef } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { useSay } from '../texts.ts'

export function FileButton({ onChoose }: { onChoose(files: readonly File[]): void }) {
  const say = useSay()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        class="icon"
        data-test="widget-attach"
        aria-label={say('attachFile')}
        onClick={() => input.current?.click()}
      >
        <Icon name="attach" />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-test="widget-file"
        onChange={({ currentTarget }) => {
          onChoose([...(currentTarget.files ?? [])])
          // The same file may be chosen again.
          currentTarget.value = ''
        }}
      />
    </>
  )
}
