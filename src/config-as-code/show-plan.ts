import { structuredPatch } from 'diff'
import type { Difference, Step } from './plan-items.ts'

export type Tone = 'added' | 'removed' | 'place' | 'title'

/** Lines of text with what they are, so that whoever shows them may colour them. */
interface Line {
  tone: Tone | null
  text: string
}

/** What would be done, as differences of the file's text, and in a last line how much that is. */
export function showPlan(steps: readonly Step[]): Line[] {
  const differences = steps.filter((step) => step.kind !== 'kept')
  const kept = steps.filter((step) => step.kind === 'kept')
  return [
    ...differences.flatMap((step) => [{ tone: 'title', text: titleOf(step) } as const, ...linesOf(step), blank]),
    ...kept.map(({ title }) => ({ tone: null, text: `· not in the file, kept: ${title}` })),
    { tone: 'title', text: summaryOf(differences, kept.length) },
  ]
}

const blank: Line = { tone: null, text: '' }
const titleOf = ({ kind, title }: Difference): string => `${kind} ${title}`

function linesOf(step: Difference): Line[] {
  const before = step.kind === 'create' ? '' : step.before
  const after = step.kind === 'remove' ? '' : step.after
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 3 })
  return hunks.flatMap(({ oldStart, lines }) => [
    ...(step.kind === 'change' ? [{ tone: 'place', text: `  @@ line ${oldStart} @@` } as const] : []),
    ...lines.map((text) => ({ tone: toneOf(text), text: `  ${harmless(text)}` })),
  ])
}

/** YAML leaves some of what a terminal would obey as it is. */
const harmless = (line: string): string =>
  line.replaceAll(/[^\P{Cc}\t]/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`)

const toneOf = (line: string): Tone | null => (line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : null)

function summaryOf(differences: readonly Difference[], kept: number): string {
  if (differences.length === 0) return 'Nothing to do.'
  const count = (kind: Difference['kind']) => differences.filter((step) => step.kind === kind).length
  const parts = [`${count('create')} to create`, `${count('change')} to change`, `${count('remove')} to remove`]
  return `${parts.join(', ')}${kept > 0 ? `; ${kept} not in the file, kept (--prune removes them)` : ''}.`
}
