const letters = '0123456789abcdefghijklmnopqrstuvwxyz'
const length = 24

/** Chosen for each message. Pages without TLS have no `randomUUID`, and React Native has no `crypto` at all. */
export function newId(): string {
  if (typeof crypto === 'undefined') return idOf(Array.from({ length }, () => Math.random() * letters.length))
  return idOf(Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => byte % letters.length))
}

const idOf = (numbers: readonly number[]): string => numbers.map((number) => letters[Math.floor(number)]).join('')
