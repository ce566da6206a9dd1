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

/** `sessionId` is needed where the token does not name the chat, `name` where the file's own cannot be written as it is. */
export const UploadForm = z.object({ file: z.file(), sessionId: SessionId.optional(), name: z.string().optional() })

/** `exp`: the second since 1970 at which the link is over. */
export const FileLinkQuery = z.strictObject({
  exp: z.coerce.number().int().positive().max(99_999_999_999),
  sig: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
})
