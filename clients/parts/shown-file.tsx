import type { Message } from '../../src/contract/chat.ts'
import { sizeText } from '../../src/contract/file-text.ts'

/** Pixels of the longer side. */
const mostShown = 240

/**
 * A picture in small, or a document by its name; both open beside the page that the chat is in. A picture has its place
 * before it is there, so that nothing that is read moves.
 */
export function ShownFile({
  file,
}: {
  file: Pick<NonNullable<Message['file']>, 'url' | 'thumbnailUrl' | 'name' | 'size' | 'width' | 'height'>
}) {
  const { url, thumbnailUrl, name, size, width = mostShown, height = mostShown } = file
  const scale = Math.min(1, mostShown / Math.max(width, height))
  return (
    <a class={thumbnailUrl ? 'picture' : 'bubble file'} href={url} target="_blank" rel="noopener noreferrer">
      {thumbnailUrl ? (
        <img src={thumbnailUrl} alt={name} width={Math.round(width * scale)} height={Math.round(height * scale)} />
      ) : (
        <>
          <svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" aria-hidden="true">
            <path d="M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zM14 3v5h5" />
          </svg>
          <span class="file-name">{name}</span> <span class="file-size">{sizeText(size)}</span>
        </>
      )}
    </a>
  )
}
