import fc from 'fast-check'
import { DeclaredEndpoint } from '../../src/config-as-code/sections/webhooks.ts'
import { CreateCanned } from '../../src/contract/canned.ts'
import { Inbox } from '../../src/contract/inbox.ts'

/** What YAML could take for something else than text. */
const treacherous = ['yes', 'null', '~', '- a', 'a: b', '# x', "'", '"', '1e3', '0x1f', '|', '>', '&a', '*a', '{a}']
const lines = ['one\n\ntwo', 'a \nb', 'x\r\ny', ' \n led by\n\n', '\ttab', '\u0085\u2028', '%YAML 1.1', '---', '...']
const anyText = fc.oneof(fc.constantFrom(...treacherous, ...lines), fc.string({ unit: 'binary', maxLength: 30 }))
const isWritten = (text: string) => text.trim() !== '' && !text.includes('{{')
const text = anyText.map((one) => one.trim()).filter(isWritten)
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const label = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,9}$/)
const labels = fc.uniqueArray(label, { maxLength: 3 })

const openings = fc.subarray([
  { from: '07:30', to: '12:00' },
  { from: '13:00', to: '24:00' },
])
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const hours = fc.record({
  timeZone: fc.constantFrom('Europe/Lisbon', 'UTC', 'America/New_York'),
  weekly: fc.record(Object.fromEntries(days.map((day) => [day, openings])), { requiredKeys: [] }),
  holidays: fc.subarray([{ date: '2026-12-25', name: 'Christmas' }, { date: '2027-01-01' }]),
})

const settings = {
  enabled: fc.boolean(),
  look: fc.record({ color: fc.constantFrom('#B4371F', '#000000'), launcherText: orNull(text) }, { requiredKeys: [] }),
  greeting: orNull(text),
  preChat: fc.subarray([
    { key: 'name', label: 'Your name', required: true },
    { key: 'topic', label: 'About?', type: 'select', options: ['Order', 'no', '2'] },
  ]),
  hours: orNull(hours),
  outsideHours: fc.record({ text: orNull(text), requireEmail: fc.boolean() }),
  assignment: fc.record({ skills: labels, answerWithin: orNull(fc.integer({ min: 1_000, max: 86_400_000 })) }),
  automation: fc.record({
    nobodyThere: orNull(text),
    whileWaiting: orNull(fc.record({ after: fc.constant(5_000), text })),
  }),
  slack: fc.record(
    { channel: fc.constant('C0123456789'), routes: fc.constant([{ channel: 'G01', hours: 'open' }]) },
    { requiredKeys: [] },
  ),
  zendesk: fc.record(
    {
      groupId: fc.constantFrom('0360001234567', '1'),
      tags: labels,
      fields: fc.array(fc.record({ id: fc.constant('7'), value: text }), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  ),
  identityRequired: fc.boolean(),
  retentionDays: orNull(fc.integer({ min: 1, max: 400 })),
}

const inbox = (key: fc.Arbitrary<string>) =>
  fc
    .record(
      {
        key,
        name: text,
        allowedOrigins: fc.constantFrom(['*'], ['https://a.example', 'capacitor://localhost']),
        ...settings,
      },
      { requiredKeys: ['key', 'name', 'allowedOrigins'] },
    )
    .map((one) => Inbox.parse(one))

const response = (keys: readonly string[]) =>
  fc
    .record({
      inbox: orNull(fc.constantFrom(...keys)),
      name: fc.oneof(fc.constantFrom('Greeting', 'GREETING'), text),
      shortcut: orNull(fc.stringMatching(/^[a-zA-Zé0-9][\w-]{0,3}$/)),
      text: fc.oneof(anyText.filter(isWritten), fc.constant('Hello {{visitor.name|there}}!\n')),
      category: orNull(text),
      tags: labels,
      isActive: fc.boolean(),
    })
    .map((one) => CreateCanned.parse(one))

/** Several may have one address, and be alike in everything. */
const endpoint = (keys: readonly string[]) =>
  fc
    .record(
      {
        url: fc.oneof(fc.constantFrom('https://a.example/', 'https://b.example/hooks?x=1#y'), text),
        description: anyText,
        events: fc.constantFrom(['*'], ['chat.*', 'message.created']),
        inboxes: fc.uniqueArray(fc.constantFrom(...keys), { maxLength: 3 }),
        ratePerSecond: orNull(fc.integer({ min: 1, max: 1_000 })),
        ordered: fc.boolean(),
        enabled: fc.boolean(),
      },
      { requiredKeys: ['url', 'events'] },
    )
    .map((one) => DeclaredEndpoint.parse(one))

const haveOneShortcut = (one: CreateCanned, other: CreateCanned) =>
  one.shortcut !== null && one.inbox === other.inbox && one.shortcut.toLowerCase() === other.shortcut?.toLowerCase()

export interface Configuration {
  inboxes: Inbox[]
  responses: CreateCanned[]
  endpoints: DeclaredEndpoint[]
}

/** What an installation may have: the default inbox among it, which every installation has from its start. */
export const configurations: fc.Arbitrary<Configuration> = fc
  .tuple(inbox(fc.constant('default')), fc.uniqueArray(inbox(label), { selector: ({ key }) => key, maxLength: 3 }))
  .map(([first, more]) => [first, ...more.filter(({ key }) => key !== 'default')])
  .chain((inboxes) =>
    fc.record({
      inboxes: fc.constant(inboxes),
      responses: fc.uniqueArray(response(inboxes.map(({ key }) => key)), { comparator: haveOneShortcut, maxLength: 5 }),
      endpoints: fc.array(endpoint(inboxes.map(({ key }) => key)), { maxLength: 4 }),
    }),
  )
