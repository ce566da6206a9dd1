import type { Actor, Visitor } from '../../contract/event.ts'
import type { PublicActor, PublicVisitor } from '../../contract/webhook-event.ts'
import { attributesWithin, beginningOf } from './cut.ts'

/** Room in a payload, bytes: what else is in it takes less than twelve thousand. */
const mostOfAttributes = 6_000
const mostOfPage = 2_000

export function publicActor(actor: Actor): PublicActor {
  switch (actor.kind) {
    case 'visitor':
    case 'agent':
    case 'bot':
      return { kind: actor.kind, id: actor.id, name: actor.name ?? null }
    case 'colleague':
      return { kind: actor.kind, id: actor.id, name: actor.name, system: actor.system }
    case 'admin':
      return { kind: actor.kind, id: actor.id, name: null }
    case 'system':
      return { kind: actor.kind, id: actor.rule, name: null }
  }
}

/** `isCut`: not all of it is told. */
export function publicVisitor(known: Visitor): { visitor: PublicVisitor; isCut: boolean } {
  const { id, name, email, phone, locale, timeZone, externalId, verified = false, proven = [] } = known
  const page = known.page && beginningOf(known.page, mostOfPage)
  const attributes = known.attributes && attributesWithin(known.attributes, mostOfAttributes)
  const facts = {
    ...(name && { name }),
    ...(email && { email }),
    ...(phone && { phone }),
    ...(page && { page }),
    ...(locale && { locale }),
    ...(timeZone && { timeZone }),
    ...(externalId && { externalId }),
    ...(attributes && { attributes }),
  }
  const told = [...Object.keys(facts), ...Object.keys(attributes ?? {}).map((attribute) => `attributes.${attribute}`)]
  const marks = { verified, emailVerified: proven.includes('email') }
  return {
    visitor: { id, ...facts, ...marks, proven: proven.filter((field) => told.includes(field)) },
    isCut: page !== known.page || countOf(attributes) < countOf(known.attributes),
  }
}

const countOf = (attributes: object = {}): number => Object.keys(attributes).length
