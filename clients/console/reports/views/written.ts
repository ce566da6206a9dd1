import type { Digest, NewView, ShownMetric } from '../../../../src/contract/analytics.ts'
import { type FigureTile, tilesOf } from '../figures/tiles-of.ts'
import { canSplit, type Question } from '../question/question.ts'

/**
 * What a view keeps of a question. Days that are fixed are left out: a view moves along. `mine`: of whoever sees some inboxes
 * alone, whose "all" are these.
 */
export const keptOf = ({ period, inboxes, filter, by, hours, compare }: Question, mine: readonly string[]) => ({
  ...(period.kind === 'named' && { period: period.name }),
  inboxes: inboxes.length > 0 ? [...inboxes] : [...mine],
  filter,
  by: canSplit(by, filter) ? by : ('inbox' as const),
  hours,
  compare,
})

/** What somebody types about a view. Figures are chosen by their tile, `tiles`: the ids of the first figures. */
export interface WrittenView {
  name: string
  period: NewView['period']
  tiles: string[]
}

export const tileKey = ({ figures: [first] }: FigureTile): string => first.id

export const tilesIn = (metrics: readonly ShownMetric[], ids: readonly string[]): string[] =>
  tilesOf(metrics)
    .filter(({ figures }) => figures.some(({ id }) => ids.includes(id)))
    .map(tileKey)

/** A tile that had some of its figures keeps these; one that is new has all of them. */
export const idsOf = (metrics: readonly ShownMetric[], tiles: readonly string[], before: readonly string[]): string[] =>
  tilesOf(metrics)
    .filter((tile) => tiles.includes(tileKey(tile)))
    .flatMap(({ figures }) => {
      const ids = figures.map(({ id }) => id)
      const kept = ids.filter((id) => before.includes(id))
      return kept.length > 0 ? kept : ids
    })

/** A digest as a form has it: both ways to send it, of which one is chosen. */
export interface WrittenDigest {
  isOn: boolean
  every: Digest['every']
  at: string
  timeZone: string
  kind: Digest['to']['kind']
  addresses: string[]
  channel: string
}

export const writtenDigest = (digest: Digest | null, timeZone: string): WrittenDigest => ({
  isOn: digest !== null,
  every: digest?.every ?? 'week',
  at: digest?.at ?? '08:00',
  timeZone: digest?.timeZone ?? timeZone,
  kind: digest?.to.kind ?? 'email',
  addresses: digest?.to.kind === 'email' ? [...digest.to.addresses] : [],
  channel: digest?.to.kind === 'slack' ? digest.to.channel : '',
})

export const digestOf = ({ isOn, every, at, timeZone, kind, addresses, channel }: WrittenDigest): Digest | null =>
  isOn ? { every, at, timeZone, to: kind === 'email' ? { kind, addresses } : { kind, channel: channel.trim() } } : null

const rhythms: Record<Digest['every'], string> = {
  day: 'every day',
  week: 'every Monday',
  month: 'on the first of each month',
}

/** `Sent every Monday at 08:00 (Europe/Berlin) to 2 addresses`. */
export function digestInWords({ every, at, timeZone, to }: Digest): string {
  const whom = to.kind === 'slack' ? `Slack’s ${to.channel}` : addressesInWords(to.addresses)
  return `Sent ${rhythms[every]} at ${at} (${timeZone}) to ${whom}`
}

const addressesInWords = ([first = '', ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${others.length + 1} addresses`
