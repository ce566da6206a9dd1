import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Visitor } from '../../contract/event.ts'
import { VisitorId } from '../../contract/ids.ts'
import { type Facts, withFacts, withProof } from './visitor-facts.ts'

const anonymous = VisitorId.parse(`vis_${'a'.repeat(24)}`)
const known = VisitorId.parse(`vis_${'k'.repeat(24)}`)

it('puts a proof over what was said, and tells the two apart', () => {
  const said = {
    id: anonymous,
    name: 'Annie',
    email: 'ana@home.example',
    phone: '+351 1',
    attributes: { plan: 'pro', seen: 1 },
  }
  const proof = { externalId: '7', name: 'Ana', attributes: { plan: 'free' } }
  expect(withProof(said, known, proof)).toEqual({
    id: known,
    externalId: '7',
    verified: true,
    name: 'Ana',
    email: 'ana@home.example',
    phone: '+351 1',
    attributes: { plan: 'free', seen: 1 },
    proven: ['attributes.plan', 'name'],
  })
})

it('lets a visitor change what nobody vouches for, and an agent all of it', () => {
  const visitor = withProof({ id: anonymous, email: 'a@x.example' }, known, { externalId: '7', name: 'Ana' })
  const byVisitor = withFacts(visitor, { name: 'Mallory', email: 'b@x.example', page: '/cart' }, 'visitor')
  const byAgent = withFacts(byVisitor, { name: 'Anna', email: 'c@x.example' }, 'agent')
  const again = withFacts(byAgent, { name: 'Mallory', email: 'd@x.example' }, 'visitor')
  const proven = withProof(again, known, { externalId: '7', name: 'Ana' })
  expect([byVisitor, byAgent, again, proven].map(({ id: _, externalId: _e, verified: _v, ...rest }) => rest)).toEqual([
    { name: 'Ana', email: 'b@x.example', page: '/cart', proven: ['name'] },
    { name: 'Anna', email: 'c@x.example', page: '/cart', byAgent: ['email', 'name'] },
    { name: 'Anna', email: 'c@x.example', page: '/cart', byAgent: ['email', 'name'] },
    { name: 'Ana', email: 'c@x.example', page: '/cart', proven: ['name'], byAgent: ['email'] },
  ])
})

it('keeps fifty attributes, the proven ones first', () => {
  const many = (count: number, prefix: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`${prefix}${n}`, n]))
  const { attributes = {}, proven = [] } = withProof({ id: anonymous, attributes: many(50, 'said') }, known, {
    externalId: '7',
    attributes: many(45, 'proven'),
  })
  const names = Object.keys(attributes)
  expect([names.length, names.filter((name) => name.startsWith('proven')).length, proven.length]).toEqual([50, 45, 45])
})

const text = fc.constantFrom('x', 'y', 'z')
const facts: fc.Arbitrary<Facts> = fc.record(
  {
    name: text,
    email: fc.constantFrom('x@x.example', 'y@x.example'),
    attributes: fc.dictionary(fc.constantFrom('a', 'b'), text),
  },
  { requiredKeys: [] },
)
const step = fc.oneof(
  fc.record({ kind: fc.constantFrom('visitor' as const, 'agent' as const), facts }),
  fc.record({ kind: fc.constant('proof' as const), facts }),
)

const after = (visitor: Visitor, { kind, facts: said }: { kind: 'visitor' | 'agent' | 'proof'; facts: Facts }) =>
  kind === 'proof' ? withProof(visitor, known, { externalId: '7', ...said }) : withFacts(visitor, said, kind)

it('lets no order of words take from a visitor what is proven, and repeats change nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), facts, (steps, said) => {
      const visitor = steps.reduce<Visitor>(after, { id: anonymous })
      const next = withFacts(visitor, said, 'visitor')
      const vouched = (one: Visitor) =>
        [...(visitor.proven ?? []), ...(visitor.byAgent ?? [])].map((field) =>
          field.startsWith('attributes.') ? one.attributes?.[field.slice(11)] : one[field as 'name' | 'email'],
        )
      expect([vouched(next), next.proven, next.byAgent, next.externalId]).toEqual([
        vouched(visitor),
        visitor.proven,
        visitor.byAgent,
        visitor.externalId,
      ])
      for (const one of steps) expect(after(after(visitor, one), one)).toEqual(after(visitor, one))
      expect(Visitor.parse(next)).toEqual(next)
      expect((next.proven ?? []).filter((field) => next.byAgent?.includes(field))).toEqual([])
    }),
  )
})
