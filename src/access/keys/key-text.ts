import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

const sign = 'dbk_'
const nameLetters = 8
const secretLetters = 50
const checkLetters = 7
const shape = new RegExp(`^${sign}[0-9a-z]{${nameLetters + secretLetters + checkLetters}}$`)

/** Letters that a key is made of: its name, which is shown, and more than 256 bits that nobody but its holder knows. */
export const keyLetters = nameLetters + secretLetters

/** Seven letters of 36 hold 32 bits. They are no secret: by them a scanner tells a key from other text, and we a slip of the hand. */
const checkOf = (letters: string): string => crc32(letters).toString(36).padStart(checkLetters, '0')

export const keyOf = (letters: string): string => `${sign}${letters}${checkOf(letters)}`

/** Whether somebody means a key by it. */
export const isMeantAsKey = (text: string): boolean => text.startsWith(sign)

/** Whether it can be one of ours: without looking it up, a mistyped one is told from one that was never made. */
export const isWhole = (text: string): boolean =>
  shape.test(text) && text.endsWith(checkOf(text.slice(sign.length, -checkLetters)))

/** What may be shown of it. */
export const prefixOf = (key: string): string => key.slice(0, sign.length + nameLetters)

/**
 * What is kept of it. A slow hash makes guessing dear where there are few guesses, as with passwords; of 2^258 keys none is
 * guessed, and each request would pay for it. Looked up by the hash, a key takes the same time wherever it differs.
 */
export const hashOf = (key: string): string => createHash('sha256').update(key).digest('base64url')
