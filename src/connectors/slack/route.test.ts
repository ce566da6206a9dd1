import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SlackSettings } from '../../contract/slack-settings.ts'
import { channelFor, channelsIn, type RouteFacts } from './route.ts'

const anyChat: RouteFacts = { inbox: 'default', outside: false, locale: null, tags: [] }
const settings = SlackSettings.parse({
  channel: 'C0OTHERS',
  routes: [
    { channel: 'C0NIGHTPT', hours: 'outside', languages: ['pt'] },
    { channel: 'C0NIGHT', hours: 'outside' },
    { channel: 'C0BRAZIL', languages: ['pt-BR'] },
    { channel: 'C0VIP', tags: ['vip', 'press'] },
    { channel: 'C0DAYPT', hours: 'open', languages: ['pt', 'es'] },
  ],
})

it.each<[Partial<RouteFacts>, string]>([
  [{}, 'C0OTHERS'],
  [{ outside: true }, 'C0NIGHT'],
  [{ outside: true, locale: 'pt' }, 'C0NIGHTPT'],
  [{ outside: true, locale: 'pt-BR', tags: ['vip'] }, 'C0NIGHTPT'],
  [{ locale: 'PT-br' }, 'C0BRAZIL'],
  [{ locale: 'pt-PT' }, 'C0DAYPT'],
  [{ locale: 'es' }, 'C0DAYPT'],
  [{ locale: 'ptx' }, 'C0OTHERS'],
  [{ locale: 'es', tags: ['press'] }, 'C0VIP'],
  [{ tags: ['viper'] }, 'C0OTHERS'],
])('takes a chat with %j to %s', (facts, channel) => {
  expect(channelFor(settings, { ...anyChat, ...facts })).toBe(channel)
})

it('leaves a chat that nothing fits to the installation', () => {
  expect(channelFor(SlackSettings.parse({}), anyChat)).toBeNull()
})

const aRoute = fc.record(
  {
    channel: fc.stringMatching(/^C[A-Z0-9]{2,6}$/),
    hours: fc.constantFrom('open' as const, 'outside' as const),
    languages: fc.uniqueArray(fc.constantFrom('pt', 'pt-BR', 'es', 'de'), { minLength: 1 }),
    tags: fc.uniqueArray(fc.constantFrom('vip', 'press', 'returns'), { minLength: 1 }),
  },
  { requiredKeys: ['channel', 'hours'] },
)
const facts = fc.record({
  inbox: fc.constant('default'),
  outside: fc.boolean(),
  locale: fc.constantFrom(null, 'pt', 'pt-BR', 'de-CH', 'en'),
  tags: fc.uniqueArray(fc.constantFrom('vip', 'press', 'returns')),
})

it('takes every chat to a channel that is named, and always to the same whatever is added behind', () => {
  fc.assert(
    fc.property(fc.array(aRoute), fc.array(aRoute), facts, (routes, more, chat) => {
      const few = SlackSettings.parse({ channel: 'C0OTHERS', routes })
      const all = SlackSettings.parse({ channel: 'C0OTHERS', routes: [...routes, ...more] })
      const channel = channelFor(few, chat)
      expect(channelsIn(few)).toContain(channel)
      if (channel !== 'C0OTHERS') expect(channelFor(all, chat)).toBe(channel)
    }),
  )
})

it.each([
  [{ channel: 'C0VIP' }, 'names neither'],
  [{ channel: '#vip', tags: ['vip'] }, 'must be a channel id'],
  [{ channel: 'C0VIP', languages: [] }, 'Too small'],
  [{ channel: 'C0VIP', hours: 'night' }, 'Invalid option'],
])('refuses the rule %j', (route, why) => {
  expect(SlackSettings.safeParse({ routes: [route] }).error?.issues[0]?.message).toContain(why)
})
