import { fileTypeFromBuffer } from 'file-type'
import { DeskbridgeError } from '../../contract/errors.ts'
import { FileKind, fileKinds } from '../../contract/file.ts'

/** What a file is by its first bytes, whatever it is called. Throws `file_type_not_allowed`, `file_refused`. */
export async function kindOf(bytes: Uint8Array, allowed: readonly FileKind[]): Promise<FileKind> {
  const found = await fileTypeFromBuffer(bytes)
  const kind = FileKind.options.find((one) => fileKinds[one].type === found?.mime)
  if (!kind || !allowed.includes(kind)) throw new DeskbridgeError('file_type_not_allowed', { details: { allowed } })
  if (hasSecondFace(bytes) || (kind === 'pdf' && !isWholePdf(bytes))) throw new DeskbridgeError('file_refused')
  return kind
}

/** A browser guesses by so many bytes, and an archive's directory ends in the last of them. */
const sniffed = 1_024
const archiveEnd = 65_557

/**
 * Whether something else than the first bytes say would find itself in there: a page, a script, an archive. Pictures are
 * drawn anew and lose it anyway; who sends such a thing means no picture.
 */
export function hasSecondFace(bytes: Uint8Array): boolean {
  const text = (from: number, to?: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1')
  const head = text(0, sniffed)
  const isPage = /<(?:!doctype|html|head|body|script|iframe|svg|\?php)\b/i.test(head) || head.includes('<?php')
  const isOtherDocument = !head.startsWith('%PDF-') && head.includes('%PDF-')
  const tail = text(Math.max(0, bytes.length - archiveEnd))
  return isPage || isOtherDocument || endsArchive(tail)
}

/** The record that ends a zip archive says how long the comment after it is, which must then be all that follows. */
function endsArchive(tail: string): boolean {
  for (let at = tail.indexOf('PK\x05\x06'); at !== -1; at = tail.indexOf('PK\x05\x06', at + 1)) {
    const comment = tail.charCodeAt(at + 20) + 256 * tail.charCodeAt(at + 21)
    if (at + 22 + comment === tail.length) return true
  }
  return false
}

/** It ends, and nothing but white space comes after that. */
function isWholePdf(bytes: Uint8Array): boolean {
  const tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - sniffed))).toString('latin1')
  const end = tail.lastIndexOf('%%EOF')
  return end !== -1 && /^[\s\0]*$/.test(tail.slice(end + '%%EOF'.length))
}
