import fc from 'fast-check'
import { expect, it } from 'vitest'
import { after, at, type Breaker, closed, mostAtOnce, type Sign } from './breaker.ts'

const now = 1_000_000
const never = () => 0
const failed: Sign = { kind: 'failed', restMs: 0 }
const tooMany: Sign = { kind: 'throttled', restMs: 9 }
const fine: Sign = { kind: 'fine' }

const afterAll = (signs: readonly Sign[], from: Breaker = closed) =>
  signs.reduce<Breaker>((breaker, sign) => after(breaker, sign, { now, random: never }), from)

it.each([
  ['four failures', [failed, failed, failed, failed], { kind: 'closed', failures: 4 }],
  ['five failures', Array(5).fill(failed), { kind: 'open', until: now + 5_000, rests: 1, isAsked: false }],
  ['a success in between', [failed, failed, failed, failed, fine, failed], { kind: 'closed', failures: 1 }],
  [
    'more failures of calls that were under way',
    Array(9).fill(failed),
    { kind: 'open', until: now + 5_000, rests: 1, isAsked: false },
  ],
  ['a success of one that was under way', [...Array(5).fill(failed), fine], closed],
  [
    'one that asks for a rest',
    [{ kind: 'failed', restMs: 7 }],
    { kind: 'open', until: now + 7, rests: 1, isAsked: true },
  ],
  ['too many at once', [tooMany], { kind: 'open', until: now + 9, rests: 0, isAsked: true }],
  [
    'a success after that, of one that was under way',
    [tooMany, fine],
    { kind: 'open', until: now + 9, rests: 0, isAsked: true },
  ],
])('knows where %s lead', (_what, signs, breaker) => {
  expect(afterAll(signs as Sign[])).toEqual(breaker)
})

it('rests twice as long after each try that failed, five minutes at most', () => {
  const rests = Array.from({ length: 9 }, (_, index) => {
    const next = after({ kind: 'trying', rests: index }, failed, { now, random: never })
    return next.kind === 'open' ? (next.until - now) / 1_000 : null
  })
  expect(rests).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300])
})

it('lets one call try once a rest is over, and goes by what another worker has found out', () => {
  const open: Breaker = { kind: 'open', until: now, rests: 2, isAsked: false }
  expect([at(open, now - 1, 0), at(open, now, 0), at(closed, now, now + 5), at(closed, now, now)]).toEqual([
    open,
    { kind: 'trying', rests: 2 },
    { kind: 'open', until: now + 5, rests: 0, isAsked: true },
    closed,
  ])
})

it('never calls an endpoint that rests, and always comes back to one that is well', () => {
  const sign = fc.oneof(
    fc.constant(fine),
    fc.record({ kind: fc.constantFrom('failed' as const, 'throttled' as const), restMs: fc.nat(1_000) }),
  )
  fc.assert(
    fc.property(fc.array(sign), (signs) => {
      const breaker = afterAll(signs)
      const isResting = breaker.kind === 'open' && breaker.until > now
      expect(mostAtOnce(at(breaker, now, 0), 10) === 0).toBe(isResting)
      expect(mostAtOnce(at(breaker, now + 86_400_000, 0), 10)).toBeGreaterThan(0)
    }),
  )
})
