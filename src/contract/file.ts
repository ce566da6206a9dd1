import { z } from 'zod'
import { FileRef } from './event.ts'
import { FileId, SessionId } from './ids.ts'

/** What can be taken at all; a setting chooses among them. */
export const FileKind = z.enum(['jpeg', 'png', 'gif', 'pdf'])
export type FileKind = z.infer<typeof FileKind>

/** The first extension is the kind's own. */
export const fileKinds: Record<FileKind, { type: string; extensions: readonly [string, ...string[]] }> = {
  jpeg: { type: 'image/jpeg', extensions: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  png: { type: 'image/png', extensions: ['png'] },
  gif: { type: 'image/gif', extensions: ['gif'] },
  pdf: { type: 'application/pdf', extensions: ['pdf'] },
}

/** They open without a token, for a limited time. */
export const FileLinks = z.object({ url: z.string(), thumbnailUrl: z.string().optional() })
export type FileLinks = z.infer<typeof FileLinks>

/** The answer to an upload, and to whoever asks for fresh links. */
export const UploadedFile = FileRef.omit({ id: true }).extend({ fileId: FileId, ...FileLinks.shape })
export type UploadedFile = z.infer<typeof UploadedFile>

/** `sessionId` is needed where the token does not name the chat. */
export const UploadForm = z.object({ file: z.file(), sessionId: SessionId.optional() })

/** `exp`: the second since 1970 at which the link is over. */
export const FileLinkQuery = z.strictObject({
  exp: z.coerce.number().int().positive().max(99_999_999_999),
  sig: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
})

/** A file is shown as a picture or named with a link: there is no choice about it. */
export const messageTypeOf = ({ type }: Pick<FileRef, 'type'>): 'image' | 'file' =>
  type.startsWith('image/') ? 'image' : 'file'

const units = ['B', 'kB', 'MB', 'GB']

/** Bytes as people say it: `1.2 MB`. */
export function sizeText(bytes: number): string {
  const power = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const count = bytes / 1_000 ** power
  return `${power === 0 || count >= 100 ? Math.round(count) : Math.round(count * 10) / 10} ${units[power]}`
}

/** A message with a file where only text can stand: the caption, then the file's name, size and link. */
export const fileText = (caption: string, file: Pick<FileRef, 'name' | 'size'>, url: string): string =>
  `${caption === '' ? '' : `${caption}\n`}${file.name} (${sizeText(file.size)}): ${url}`
