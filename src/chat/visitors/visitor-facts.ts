import type { Attributes, Visitor } from '../../contract/event.ts'
import type { VisitorId } from '../../contract/ids.ts'

export interface Facts {
  name?: string | undefined
  email?: string | undefined
  phone?: string | undefined
  page?: string | undefined
  attributes?: Attributes | undefined
}

export const mostAttributes = 50
const plain = ['name', 'email', 'phone', 'page'] as const
const fieldOf = (attribute: string) => `attributes.${attribute}`

/** A field, and what it is from now on. */
type Change =
  | { field: (typeof plain)[number]; value: string }
  | { field: `attributes.${string}`; attribute: string; value: Attributes[string] }

function changesOf(facts: Facts): Change[] {
  const attributes = Object.entries(facts.attributes ?? {}).map(
    ([attribute, value]) => ({ field: `attributes.${attribute}`, attribute, value }) as const,
  )
  const fields = plain.flatMap((field) => {
    const value = facts[field]
    return value === undefined ? [] : [{ field, value }]
  })
  return [...fields, ...attributes]
}

const knownOf = (visitor: Visitor, change: Change) =>
  'attribute' in change ? visitor.attributes?.[change.attribute] : visitor[change.field]

const withChange = (visitor: Visitor, change: Change): Visitor =>
  'attribute' in change
    ? { ...visitor, attributes: { ...visitor.attributes, [change.attribute]: change.value } }
    : { ...visitor, [change.field]: change.value }

/** Sorted, and absent when empty: two that are equal look equal. */
const marked = (visitor: Visitor, marks: { proven: readonly string[]; byAgent: readonly string[] }): Visitor => {
  const { proven: _p, byAgent: _b, ...rest } = visitor
  const sorted = (fields: readonly string[]) => [...new Set(fields)].sort()
  return {
    ...rest,
    ...(marks.proven.length > 0 && { proven: sorted(marks.proven) }),
    ...(marks.byAgent.length > 0 && { byAgent: sorted(marks.byAgent) }),
  }
}

/**
 * What a visitor or an agent said, put over what was known. What a proof or an agent said, a visitor leaves as it is; an
 * agent's word stands over all but for the next proof.
 */
export function withFacts(visitor: Visitor, facts: Facts, by: 'visitor' | 'agent'): Visitor {
  const { proven = [], byAgent = [] } = visitor
  const isFirm = (field: string) => proven.includes(field) || byAgent.includes(field)
  const news = changesOf(facts).filter(
    (change) => knownOf(visitor, change) !== change.value && (by === 'agent' || !isFirm(change.field)),
  )
  const next = news.reduce(withChange, visitor)
  if (by === 'visitor') return next
  const changed = news.map(({ field }) => field).filter((field) => field !== 'page')
  return marked(next, {
    proven: proven.filter((field) => !changed.some((one) => one === field)),
    byAgent: [...byAgent, ...changed],
  })
}

/** What the site's backend proves, put over all else. Of attributes that are too many, the unproven ones go. */
export function withProof(
  visitor: Visitor,
  id: VisitorId,
  { externalId, ...facts }: Omit<Facts, 'phone' | 'page'> & { externalId: string },
): Visitor {
  const { name, email, attributes } = facts
  const said = changesOf({ name, email, attributes })
  const { attributes: before = {}, ...next } = said.reduce(withChange, visitor)
  const proven = [...(visitor.proven ?? []), ...said.map(({ field }) => field)]
  const byProof = (attribute: string) => (proven.includes(fieldOf(attribute)) ? 0 : 1)
  const kept = Object.entries(before)
    .sort(([a], [b]) => byProof(a) - byProof(b))
    .slice(0, mostAttributes)
  const known = {
    ...next,
    ...(kept.length > 0 && { attributes: Object.fromEntries(kept) }),
    id,
    externalId,
    verified: true,
  }
  const byAgent = (visitor.byAgent ?? []).filter((field) => !proven.includes(field))
  return marked(known, { proven: proven.filter((field) => hasField(field, kept)), byAgent })
}

/** An attribute that had to go is proven no longer. */
const hasField = (field: string, attributes: readonly [string, unknown][]) =>
  !field.startsWith('attributes.') || attributes.some(([name]) => fieldOf(name) === field)
