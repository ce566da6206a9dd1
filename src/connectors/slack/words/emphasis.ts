/** What holds no marks: code, what stands between angle brackets, and names of emoji. */
const kept = /```[\s\S]*?```|`[^`\n]*`|<[^<>\n]+>|:[a-z0-9_+-]+:/g
const marks = new Set(['*', '_', '~'])
const inWords = /[\p{L}\p{N}]/u

/** Takes away the marks of bold, italic and struck text, where Slack would not show them either. */
export function withoutMarks(text: string): string {
  const paired = pairsIn(text)
  return text
    .split('')
    .filter((_, at) => !paired.has(at))
    .join('')
}

/** Where the marks stand that Slack shows as something else: in pairs, outside of words, and close around their text. */
function pairsIn(text: string): ReadonlySet<number> {
  const paired = new Set<number>()
  const opened = new Map<string, number>()
  const skip = new Map([...text.matchAll(kept)].map(({ index, 0: whole }) => [index, whole.length]))
  for (let at = 0; at < text.length; at += skip.get(at) ?? 1) {
    const mark = text.charAt(at)
    if (mark === '\n') opened.clear()
    if (!marks.has(mark) || skip.has(at)) continue
    const opener = opened.get(mark)
    if (opener !== undefined && closes(text, at) && at > opener + 1) {
      paired.add(opener).add(at)
      opened.delete(mark)
    } else if (opens(text, at)) opened.set(mark, at)
  }
  return paired
}

const opens = (text: string, at: number): boolean => isApart(text, at - 1, at) && /\S/.test(text.charAt(at + 1))
const closes = (text: string, at: number): boolean => isApart(text, at + 1, at) && /\S/.test(text.charAt(at - 1))

/** Whether neither a word nor another such mark goes on there. */
const isApart = (text: string, beside: number, at: number): boolean =>
  !inWords.test(text.charAt(beside)) && text.charAt(beside) !== text.charAt(at)

/** Three signs quote all that follows: line by line, as one sign does. */
export const quotedByLine = (text: string): string =>
  text.replace(/^(?:&gt;){3} ?([\s\S]*)/m, (_, quoted: string) =>
    quoted
      .split('\n')
      .map((line) => `&gt; ${line}`)
      .join('\n'),
  )
