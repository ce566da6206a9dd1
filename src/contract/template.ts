/** What stands for something else in a text: `{{name}}`, or `{{name|what to say without it}}`. */
const known = [
  'visitor.name',
  'visitor.email',
  'visitor.phone',
  'visitor.page',
  'visitor.locale',
  'agent.name',
  'agent.email',
  'inbox.name',
  'inbox.key',
  'session.id',
] as const
export type KnownVariable = (typeof known)[number]

export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'variable'; name: KnownVariable; fallback: string }
  | { kind: 'attribute'; attribute: string; fallback: string }

/** `position`: of the opening braces, in UTF-16 units from 0. */
export interface Problem {
  position: number
  problem: string
}

const attribute = /^visitor\.([A-Za-z0-9_]{1,64})$/
const isKnown = (name: string): name is KnownVariable => known.some((one) => one === name)

/** The parts of a text in their order. What cannot be read stays text, and is named in `problems`. */
export function readTemplate(template: string): { parts: Part[]; problems: Problem[] } {
  const parts: Part[] = []
  const problems: Problem[] = []
  for (let at = 0; at < template.length; ) {
    const opened = template.indexOf('{{', at)
    if (opened > at) parts.push({ kind: 'text', text: template.slice(at, opened) })
    if (opened === -1) {
      parts.push({ kind: 'text', text: template.slice(at) })
      break
    }
    const closed = template.indexOf('}}', opened + 2)
    const end = closed === -1 ? template.length : closed + 2
    const part = variableIn(template.slice(opened + 2, closed === -1 ? undefined : closed), closed !== -1)
    parts.push(typeof part === 'string' ? { kind: 'text', text: template.slice(opened, end) } : part)
    if (typeof part === 'string') problems.push({ position: opened, problem: part })
    at = end
  }
  return { parts, problems }
}

/** The variable, or what is wrong with it. */
function variableIn(inside: string, isClosed: boolean): Exclude<Part, { kind: 'text' }> | string {
  if (!isClosed || /[{}]/.test(inside)) return 'is not closed, or has braces inside'
  const bar = inside.indexOf('|')
  const name = (bar === -1 ? inside : inside.slice(0, bar)).trim()
  const fallback = bar === -1 ? '' : inside.slice(bar + 1)
  if (isKnown(name)) return { kind: 'variable', name, fallback }
  const [, own] = attribute.exec(name) ?? []
  return own === undefined ? `unknown variable: ${name.slice(0, 100)}` : { kind: 'attribute', attribute: own, fallback }
}

export interface Values {
  variables: Partial<Record<KnownVariable, string | undefined>>
  attributes: Readonly<Record<string, string | number | boolean>>
}

/** One pass: what a value holds is text, whatever it looks like. A value that is missing or blank gives its fallback. */
export const render = (template: string, values: Values): string =>
  readTemplate(template)
    .parts.map((part) => {
      if (part.kind === 'text') return part.text
      const value = part.kind === 'variable' ? values.variables[part.name] : attributeOf(values, part.attribute)
      return value === undefined || value.trim() === '' ? part.fallback : value
    })
    .join('')

const attributeOf = ({ attributes }: Values, name: string): string | undefined =>
  Object.hasOwn(attributes, name) ? String(attributes[name]) : undefined
