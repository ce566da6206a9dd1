import type { LogEvent } from '../../contract/event.ts'
import type { SlackSettings } from '../../contract/slack-settings.ts'

/** What decides where a chat's thread opens. */
export interface RouteFacts {
  inbox: string | null
  /** It began outside the inbox's hours. */
  outside: boolean
  locale: string | null
  tags: readonly string[]
}

/** What is known of a chat from its first events. */
export function factsOf(events: readonly LogEvent[]): RouteFacts {
  let facts: RouteFacts = { inbox: null, outside: false, locale: null, tags: [] }
  for (const event of events) {
    if (event.type === 'session_started') {
      const { inbox, offline: outside = false, visitor } = event.body
      facts = { ...facts, inbox, outside, locale: visitor.locale ?? null }
    }
    if (event.type === 'visitor_updated') facts = { ...facts, locale: event.body.visitor.locale ?? null }
    if (event.type === 'tags_changed') facts = { ...facts, tags: event.body.tags }
  }
  return facts
}

type Route = SlackSettings['routes'][number]

/** Null: the installation's. */
export const channelFor = ({ routes, channel }: SlackSettings, facts: RouteFacts): string | null =>
  routes.find((route) => fits(route, facts))?.channel ?? channel ?? null

export const channelsIn = ({ routes, channel }: SlackSettings): string[] => [
  ...(channel === undefined ? [] : [channel]),
  ...routes.map((route) => route.channel),
]

const fits = ({ hours, languages, tags }: Route, facts: RouteFacts): boolean =>
  (hours === undefined || (hours === 'outside') === facts.outside) &&
  (languages === undefined || languages.some((language) => isOf(facts.locale, language))) &&
  (tags === undefined || tags.some((tag) => facts.tags.includes(tag)))

function isOf(locale: string | null, language: string): boolean {
  const [spoken, wanted] = [locale?.toLowerCase() ?? '', language.toLowerCase()]
  return spoken === wanted || spoken.startsWith(`${wanted}-`)
}
