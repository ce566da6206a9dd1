import { type Document, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { DeskbridgeError } from '../contract/errors.ts'
import { positionOf } from './positions.ts'
import type { Section } from './section.ts'

interface Problem {
  path: string
  problem: string
}

/** What a file declares: what is in its sections, by their names, and where it says what. */
export interface Declared {
  sections: ReadonlyMap<string, unknown>
  /** That something is wrong with what stands there. */
  problem(path: readonly PropertyKey[], problem: string): Problem
}

/** Throws one `invalid_input` with all that is wrong and where. */
export function parseFile(text: string, sections: readonly Section[]): Declared {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0)
    throw wrongFile(
      faults.map(({ message, pos }) => ({ path: 'YAML', problem: `${message} ${place(lines.linePos(pos[0]))}` })),
    )
  const parsed = schemaOf(sections).safeParse(unfolded(document))
  if (!parsed.success) throw wrongFile(parsed.error.issues.flatMap((issue) => problemsOf(issue, document, lines)))
  const { version: _, ...given } = parsed.data
  return {
    sections: new Map(Object.entries(given)),
    problem: (path, problem) => toldAt(document, lines, path, problem),
  }
}

export const wrongFile = (details: readonly Problem[]): DeskbridgeError =>
  new DeskbridgeError('invalid_input', { message: 'The file is not right; nothing was changed.', details })

const schemaOf = (sections: readonly Section[]) =>
  z.strictObject({
    version: z.literal(1, { error: 'must be 1: this release reads no other' }),
    ...Object.fromEntries(sections.map(({ name, schema }) => [name, schema.optional()])),
  })

/** A few aliases can stand for more than there is memory. */
function unfolded(document: Document): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause
    throw wrongFile([{ path: 'YAML', problem: cause.message }])
  }
}

function problemsOf(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): Problem[] {
  if (issue.code !== 'unrecognized_keys') return [toldAt(document, lines, issue.path, issue.message)]
  return issue.keys.map((key) => {
    const path = [...issue.path, key]
    return {
      path: written(path),
      problem: `there is no such setting ${place(positionOf(document, lines, path, 'name'))}`,
    }
  })
}

function toldAt(document: Document, lines: LineCounter, path: readonly PropertyKey[], problem: string): Problem {
  const position = positionOf(document, lines, path)
  return { path: written(path), problem: `${position.isThere ? problem : 'is missing'} ${place(position)}` }
}

const place = ({ line, ...of }: { line: number; column: number } | { line: number; col: number }) =>
  `(line ${line}, column ${'col' in of ? of.col : of.column})`

/** `inboxes[2].hours.weekly` */
const written = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (before, step) =>
      typeof step === 'number' ? `${before}[${step}]` : before === '' ? String(step) : `${before}.${String(step)}`,
    '',
  ) || 'the file'
