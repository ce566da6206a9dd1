import { withEmoji } from './emoji.ts'
import { quotedByLine, withoutMarks } from './emphasis.ts'
import { unescapeText } from './text.ts'

/** Ids of people whom a text mentions without their name. */
export const mentioned = (text: string): string[] => [
  ...new Set([...text.matchAll(/<@([A-Z0-9]+)>/g)].map(([, id]) => id ?? '')),
]

/** Slack's markup as a customer reads it: links, mentions and emoji resolved, marks taken away that Slack does not show, code as typed. `names`: of `mentioned`. */
export function toPlainText(text: string, names: ReadonlyMap<string, string>): string {
  const code = /(```[\s\S]*?```|`[^`\n]*`)/
  return withoutMarks(quotedByLine(text))
    .split(code)
    .map((part, index) => (index % 2 === 1 ? plain(part, names) : plain(part, names, withEmoji)))
    .join('')
}

function plain(text: string, names: ReadonlyMap<string, string>, write = (typed: string) => typed): string {
  return text
    .split(/<([^<>\n]+)>/)
    .map((part, index) => (index % 2 === 1 ? reference(part, names) : unescapeText(write(part))))
    .join('')
}

/** What stands between angle brackets: `target` or `target|label`. */
function reference(inside: string, names: ReadonlyMap<string, string>): string {
  const bar = inside.indexOf('|')
  const target = bar < 0 ? inside : inside.slice(0, bar)
  const label = bar < 0 ? '' : unescapeText(inside.slice(bar + 1))
  const rest = target.slice(1)
  switch (target[0]) {
    case '@':
      return `@${label || names.get(rest) || rest}`
    case '#':
      return `#${label || rest}`
    case '!':
      return label || special(rest)
    default:
      return link(unescapeText(target), label)
  }
}

/** What Slack writes out for its own readers and gives no words for. */
function special(what: string): string {
  const [kind = '', value = ''] = what.split('^')
  if (kind === 'subteam') return '@group'
  if (kind !== 'date' || !/^\d{1,11}$/.test(value)) return `@${kind}`
  return `${new Date(Number(value) * 1_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function link(url: string, label: string): string {
  const bare = url.replace(/^(mailto|tel):/, '')
  const same =
    label === '' || url === label || bare === label || url.replace(/^https?:\/\//, '').replace(/\/$/, '') === label
  return same ? bare : `${label} (${bare})`
}
