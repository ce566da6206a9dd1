import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { filesIn } from './file-button.tsx'

/** Takes files that are dropped anywhere on what is inside. */
export function DropFiles({
  onFiles,
  children,
}: {
  onFiles(files: readonly File[]): void
  children: ComponentChildren
}) {
  const [isOver, setIsOver] = useState(false)
  // It is entered anew at each thing inside, before the one before is left.
  const depth = useRef(0)
  const move = (by: number) => {
    depth.current += by
    setIsOver(depth.current > 0)
  }
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button beside the text does the same for the keyboard
    <div
      class={isOver ? 'drop over' : 'drop'}
      data-test="drop"
      onDragEnter={(event) => hasFiles(event) && move(1)}
      onDragLeave={(event) => hasFiles(event) && move(-1)}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        move(-depth.current)
        onFiles(filesIn(event.dataTransfer))
      }}
    >
      {children}
    </div>
  )
}
