import type { Refusal } from './parse-answer.ts'
import type { Creation } from './plan/body.ts'

/** What a ticket can be made without. `requester`: it is made in our own name. */
type Part = 'status' | 'settings' | 'email' | 'requester'

export interface Attempt {
  creation: Creation
  without: readonly Part[]
}

/** What to try after a refusal: what it names goes first, then what else may be the reason. Null: nothing is left to leave out. */
export function lesserThan(
  { creation, without }: Attempt,
  { fields }: Pick<Refusal, 'fields'>,
): { part: Part; attempt: Attempt } | null {
  for (const part of fields.some((field) => ofRequester.has(field)) ? person.concat(rest) : rest.concat(person)) {
    const lesser = without.includes(part) ? null : leaveOut(part, creation)
    if (lesser) return { part, attempt: { creation: lesser, without: [...without, part] } }
  }
  return null
}

const person: readonly Part[] = ['email', 'requester']
const rest: readonly Part[] = ['status', 'settings']
/** How Zendesk calls who it is for, when it refuses them. */
const ofRequester: ReadonlySet<string> = new Set(['requester', 'requester_id', 'email'])

/** Null: there is nothing of that in it. */
function leaveOut(part: Part, creation: Creation): Creation | null {
  switch (part) {
    case 'status': {
      const { status, assignee, ...kept } = creation
      return status === undefined && assignee === undefined ? null : kept
    }
    case 'settings': {
      const { brandId, groupId, formId, priority, fields, ...kept } = creation.settings
      const isPlain = [brandId, groupId, formId, priority].every((one) => one === undefined) && fields.length === 0
      return isPlain ? null : { ...creation, settings: { ...kept, fields: [] } }
    }
    case 'email': {
      const { email, ...visitor } = creation.visitor
      return email === undefined ? null : { ...creation, visitor }
    }
    case 'requester':
      return creation
  }
}
