import { expect, it } from 'vitest'
import { metrics } from '../../../../src/contract/metrics.ts'
import { usual } from '../question/question.ts'
import { digestInWords, digestOf, idsOf, keptOf, tilesIn, writtenDigest } from './written.ts'

const everyWeek = { every: 'week', at: '08:00', timeZone: 'Europe/Berlin' } as const
const byMail = { ...everyWeek, to: { kind: 'email' as const, addresses: ['a@example.com', 'b@example.com'] } }
const bySlack = { ...everyWeek, to: { kind: 'slack' as const, channel: 'C0123456789' } }

it('keeps what is asked, and days only where they move along', () => {
  const days = { from: '2026-11-01', until: '2026-11-30' }
  expect([keptOf(usual, []), Object.keys(keptOf({ ...usual, period: { kind: 'days', days } }, []))]).toEqual([
    { period: '30_days', inboxes: [], filter: null, by: 'inbox', hours: 'calendar', compare: 'previous' },
    ['inboxes', 'filter', 'by', 'hours', 'compare'],
  ])
})

it('keeps nothing that cannot be told apart', () => {
  const question = { ...usual, filter: { kind: 'tag', value: 'refund' }, by: 'hour_of_week' } as const
  expect([keptOf(question, []).by, keptOf({ ...question, by: 'tag' }, []).by]).toEqual(['inbox', 'tag'])
})

it('keeps their own inboxes for whoever sees no others', () => {
  const own = ['sales', 'support']
  expect([keptOf(usual, own).inboxes, keptOf({ ...usual, inboxes: ['sales'] }, own).inboxes]).toEqual([own, ['sales']])
})

it('chooses figures by their tile, and keeps what a tile had', () => {
  const before = ['sessions', 'wait_p90']
  const tiles = tilesIn(metrics, before)
  expect([tiles, idsOf(metrics, [...tiles, 'handling_p50'], before)]).toEqual([
    ['sessions', 'wait_p50'],
    ['sessions', 'wait_p90', 'handling_p50', 'handling_avg', 'handling_p90'],
  ])
})

it.each([[byMail], [bySlack], [null]])('writes and reads %j', (digest) => {
  expect(digestOf(writtenDigest(digest, 'UTC'))).toEqual(digest)
})

it('begins a digest in the zone of whoever makes it', () => {
  expect(writtenDigest(null, 'Asia/Tokyo')).toMatchObject({ isOn: false, timeZone: 'Asia/Tokyo' })
})

it('tells a digest in words', () => {
  expect([digestInWords(byMail), digestInWords({ ...bySlack, every: 'day' })]).toEqual([
    'Sent every Monday at 08:00 (Europe/Berlin) to 2 addresses',
    'Sent every day at 08:00 (Europe/Berlin) to Slack’s C0123456789',
  ])
})
