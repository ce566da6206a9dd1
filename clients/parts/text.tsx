import { isEmojiOnly, partsOf } from './words.ts'

/** What somebody wrote. What can be opened opens beside the page that the chat is in. */
export const Text = ({ content }: { content: string }) => (
  <p class={isEmojiOnly(content) ? 'bubble emoji' : 'bubble'} dir="auto">
    {partsOf(content).map((part) =>
      typeof part === 'string' ? (
        part
      ) : (
        <a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
          {part.text}
        </a>
      ),
    )}
  </p>
)
