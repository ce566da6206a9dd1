/** `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that is sent; `Date.parse` alone reads a date into almost anything. */
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
const seconds = /^\d{1,300}$/

/** How long a `Retry-After` asks to wait, in ms from now. `null`: it says nothing that can be read. */
export function readRetryAfter(text: string, now: number): number | null {
  const value = text.trim()
  if (seconds.test(value)) return Number(value) * 1_000
  const at = httpDate.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}
