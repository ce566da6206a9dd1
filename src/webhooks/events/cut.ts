import type { Attributes } from '../../contract/event.ts'

/** Bytes that it takes in a JSON document: a character may take six. */
const bytesOf = (value: string | number | boolean): number => Buffer.byteLength(JSON.stringify(value))

/** The longest beginning of a text that takes at most so many bytes in JSON, without half a character at its end. */
export function beginningOf(text: string, mostBytes: number): string {
  if (bytesOf(text) <= mostBytes) return text
  let bytes = bytesOf('')
  let end = 0
  for (const character of text) {
    bytes += bytesOf(character) - bytesOf('')
    if (bytes > mostBytes) break
    end += character.length
  }
  return text.slice(0, end)
}

/** The attributes that find room, in their order: a long one is left out and hides none of the others. */
export function attributesWithin(attributes: Attributes, mostBytes: number): Attributes {
  let left = mostBytes - '{}'.length
  const kept = Object.entries(attributes).filter(([name, value]) => {
    const bytes = bytesOf(name) + bytesOf(value) + ':,'.length
    if (bytes > left) return false
    left -= bytes
    return true
  })
  return Object.fromEntries(kept)
}
