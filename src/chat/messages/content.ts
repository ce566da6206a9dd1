import { MessageContent, MessageText } from '../../contract/chat.ts'
import { DeskbridgeError } from '../../contract/errors.ts'

/** Every way in meets the same limit, not only those that parse a request. `most`: code points. A file's caption may be empty. */
export function checkContent(text: string, most: number, isCaption = false): string {
  // Half a character cannot be stored, and what is read back must equal what a retry sends.
  const content = text.toWellFormed()
  const parsed = (isCaption ? MessageText : MessageContent).safeParse(content)
  const tooLong = parsed.success
    ? Array.from(content).length > most
    : parsed.error.issues.some((issue) => issue.message === 'message_too_long')
  if (tooLong) throw new DeskbridgeError('message_too_long', { details: { field: 'content', most } })
  if (!parsed.success) throw new DeskbridgeError('invalid_input', { details: { field: 'content' } })
  return content
}
