import { Icon } from '../parts/icon.tsx'
import { useSay } from '../texts.ts'
import { ChosenFile } from './chosen-file.tsx'

interface ChosenFilesProps {
  files: readonly File[]
  onRemove(file: File): void
}

/** What goes with the next message. */
export function ChosenFiles({ files, onRemove }: ChosenFilesProps) {
  const say = useSay()
  return (
    <ul class="tray" data-test="widget-chosen">
      {files.map((file) => (
        <li>
          <ChosenFile file={file} name={file.name} />
          <button
            type="button"
            class="icon"
            aria-label={`${say('removeFile')}: ${file.name}`}
            onClick={() => onRemove(file)}
          >
            <Icon name="cross" />
          </button>
        </li>
      ))}
    </ul>
  )
}
