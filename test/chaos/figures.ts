import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding, Wrong } from './oracle.ts'

/** What a run comes to. */
export interface Figures {
  seed: number
  stores: string
  chats: number
  messages: number
  /** How often each fault happened. */
  faults: ReadonlyMap<string, number>
  wrong: Readonly<Record<Wrong, number>>
  /** The longest that a client was away while the nodes were restarted one after the other. ms */
  longestAway: number
}

export const countWrong = (findings: readonly Finding[]): Record<Wrong, number> => {
  const count = (wrong: Wrong) => findings.filter((finding) => finding.wrong === wrong).length
  return { lost: count('lost'), duplicated: count('duplicated'), 'out of order': count('out of order') }
}

export function lineOf({ seed, stores, chats, messages, faults, wrong, longestAway }: Figures): string {
  const happened = [...faults.values()].reduce((sum, count) => sum + count, 0)
  return [
    `seed ${seed} on ${stores}: ${messages} messages in ${chats} chats, ${happened} faults of ${faults.size} kinds;`,
    `lost ${wrong.lost}, duplicated ${wrong.duplicated}, out of order ${wrong['out of order']};`,
    `in a rolling restart nobody was away for longer than ${(longestAway / 1_000).toFixed(1)} s`,
  ].join(' ')
}

const document = join(import.meta.dirname, '..', '..', 'docs', 'guarantees.md')
const begin = '<!-- figures: written by bin/test --publish chaos -->'
const end = '<!-- end of figures -->'

/** Puts a run's figures into the document. */
export function publish(figures: Figures): void {
  const text = readFileSync(document, 'utf8')
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`${document} has no place for figures`)
  writeFileSync(document, `${before}${begin}\n\n${asTable(figures)}\n\n${end}${after}`)
}

/** Its columns aligned, as the formatter wants them. */
function asTable(figures: Figures): string {
  const rows = [['Fault', 'times'], ...[...figures.faults].map(([name, count]) => [name, String(count)])]
  const [first = 0, second = 0] = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map(([name = '', count = '']) => `| ${name.padEnd(first)} | ${count.padEnd(second)} |`)
  const rule = `| ${'-'.repeat(first)} | ${'-'.repeat(second)} |`
  return [lineOf(figures), '', lines[0], rule, ...lines.slice(1)].join('\n')
}
