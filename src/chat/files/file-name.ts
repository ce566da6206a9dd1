import { DeskbridgeError } from '../../contract/errors.ts'
import { type FileKind, fileKinds } from '../../contract/file.ts'

/** Code points, without the extension; each may count twice towards the 255 that a name has room for. */
const mostLength = 120

/** Which kind a name says it is: by its extension, null without one. Throws `file_type_not_allowed` for any other. */
function claimedKind(extension: string, allowed: readonly FileKind[]): FileKind {
  const kind = allowed.find((one) => fileKinds[one].extensions.includes(extension.toLowerCase()))
  if (!kind) throw new DeskbridgeError('file_type_not_allowed', { details: { allowed } })
  return kind
}

/**
 * The name as it is shown: no path, nothing invisible, nothing that turns the reading direction, and the extension of what
 * the file is. A picture under another picture's extension is common; anything else in disguise is refused.
 */
export function shownName(given: string, kind: FileKind, allowed: readonly FileKind[]): string {
  const plain = visible(given.split(/[/\\]/).at(-1) ?? '')
  const [, stem = plain, extension] = /^(.*)\.([^.]*)$/.exec(plain) ?? []
  const own = fileKinds[kind].extensions
  if (extension !== undefined && (claimedKind(extension, allowed) === 'pdf') !== (kind === 'pdf'))
    throw new DeskbridgeError('file_type_not_allowed', { details: { allowed } })
  const kept = extension !== undefined && own.includes(extension.toLowerCase()) ? extension.toLowerCase() : own[0]
  const short = Array.from(stem).slice(0, mostLength).join('').trim()
  return `${short === '' ? 'file' : short}.${kept}`
}

/** Control and format characters (which turn the direction or hide), private and half ones go. */
const visible = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u{fffd}]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
