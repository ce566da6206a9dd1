import type { Message } from '../../src/contract/chat.ts'
import { sizeText } from '../../src/contract/file-text.ts'

/** Pixels of the longer side. */
const mostShown = 240

/** A picture in small, or a document by its name; both open beside the page that the chat is in. */
export function ShownFile({ file }: { file: NonNullable<Message['file']> }) {
  const { url, thumbnailUrl, name, size, width = mostShown, height = mostShown } = file
  const scale = Math.min(1, mostShown / Math.max(width, height))
  return (
    <a class={thumbnailUrl ? 'picture' : 'bubble file'} href={url} target="_blank" rel="noopener noreferrer">
      {thumbnailUrl ? (
        <img
          src={thumbnailUrl}
          alt={name}
          loading="lazy"
          width={Math.round(width * scale)}
          height={Math.round(height * scale)}
        />
      ) : (
        <>
          <span class="file-name">{name}</span> {sizeText(size)}
        </>
      )}
    </a>
  )
}
