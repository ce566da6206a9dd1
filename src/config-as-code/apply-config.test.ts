import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Configuration, configurations } from '../../test/support/configurations.ts'
import { anInstallation } from '../../test/support/installation.ts'
import { CreateCanned } from '../contract/canned.ts'
import { Inbox } from '../contract/inbox.ts'
import { applyConfig } from './apply-config.ts'
import { exportConfig } from './export-config.ts'
import { DeclaredEndpoint } from './sections/webhooks.ts'
import { sections } from './sections.ts'

type Installation = ReturnType<typeof anInstallation>
const exported = ({ api }: Installation) => exportConfig(api, sections)

async function apply(
  { api }: Installation,
  text: string,
  { answer = null, ...options }: { prune?: boolean; dryRun?: boolean; yes?: boolean; answer?: boolean | null } = {},
) {
  const said: string[] = []
  const terminal = {
    print: (line: string) => void said.push(line),
    ask: answer === null ? null : async () => answer,
  }
  const all = { prune: false, dryRun: false, yes: answer === null, ...options }
  const outcome = await applyConfig({ api, sections, terminal }, text, all).catch((error: Error) => error.message)
  return { outcome, said }
}

const aShop = (more: object = {}) => Inbox.parse({ key: 'shop', name: 'Shop', allowedOrigins: ['*'], ...more })
const anEndpoint = (more: object) => DeclaredEndpoint.parse({ events: ['*'], ...more })
const aGreeting = (more: object = {}) => CreateCanned.parse({ name: 'Greeting', text: 'Hello', ...more })

describe('what is generated', () => {
  it('is exported as a file that leaves nothing to do', async () => {
    await fc.assert(
      fc.asyncProperty(configurations, fc.boolean(), async (configuration, prune) => {
        const installation = anInstallation(configuration)
        const { outcome } = await apply(installation, await exported(installation), { prune })
        expect([outcome, installation.sent]).toEqual(['nothing', []])
      }),
      { numRuns: 30 },
    )
  })

  it('is exported alike by an empty installation that it was applied to, and by one that had another', async () => {
    const anyOther = fc.oneof(fc.constant<Configuration>({ inboxes: [], responses: [], endpoints: [] }), configurations)
    await fc.assert(
      fc.asyncProperty(configurations, anyOther, async (configuration, other) => {
        const text = await exported(anInstallation(configuration))
        const keys = configuration.inboxes.map(({ key }) => key)
        const inboxes = other.inboxes.filter(({ key }) => keys.includes(key))
        const installation = anInstallation({ ...other, inboxes })
        const { outcome } = await apply(installation, text, { prune: true })
        expect([outcome === 'nothing' ? 'done' : outcome, await exported(installation)]).toEqual(['done', text])
      }),
      { numRuns: 30 },
    )
  })

  it('is complete after a second run, wherever the first one ended', async () => {
    await fc.assert(
      fc.asyncProperty(configurations, fc.nat(9), async (configuration, requests) => {
        const text = await exported(anInstallation(configuration))
        const installation = anInstallation()
        installation.failAfter(requests)
        await apply(installation, text)
        installation.failAfter(null)
        await apply(installation, text)
        expect(await exported(installation)).toBe(text)
      }),
      { numRuns: 20 },
    )
  })
})

describe('a file with differences', () => {
  const text = `version: 1
inboxes:
  - key: shop
    name: Our shop
    allowedOrigins: ["*"]
cannedResponses:
  - name: Goodbye
    text: Bye
`
  const there = {
    inboxes: [aShop(), Inbox.parse({ ...aShop(), key: 'old' })],
    responses: [aGreeting({ inbox: 'old' })],
  }

  it('shows them, tells what is not in the file, and does them after a yes', async () => {
    const installation = anInstallation(there)
    const { outcome, said } = await apply(installation, text, { answer: true })
    expect({ outcome, said, sent: installation.sent }).toEqual({
      outcome: 'done',
      said: [
        "change inbox 'shop'",
        '  @@ line 1 @@',
        '   key: shop',
        '  -name: Shop',
        '  +name: Our shop',
        '   enabled: true',
        '   allowedOrigins:',
        '     - "*"',
        '',
        "create canned response 'Goodbye' of all inboxes",
        '  +inbox: null',
        '  +name: Goodbye',
        '  +shortcut: null',
        '  +text: Bye',
        '  +category: null',
        '  +tags: []',
        '  +isActive: true',
        '',
        "· not in the file, kept: inbox 'old'",
        "· not in the file, kept: canned response 'Greeting' of 'old'",
        '1 to create, 1 to change, 0 to remove; 2 not in the file, kept (--prune removes them).',
        "✓ changed inbox 'shop'",
        "✓ created canned response 'Goodbye' of all inboxes",
      ],
      sent: ['PATCH /api/admin/inboxes/shop', 'POST /api/admin/canned'],
    })
  })

  it('switches inboxes off and removes responses that are not in it, when it is told to', async () => {
    const installation = anInstallation(there)
    const { said } = await apply(installation, text, { prune: true })
    const again = await apply(installation, text, { prune: true })
    expect({ done: said.filter((line) => line.startsWith('✓')), again }).toEqual({
      done: [
        "✓ changed inbox 'shop'",
        "✓ changed inbox 'old'",
        "✓ created canned response 'Goodbye' of all inboxes",
        "✓ removed canned response 'Greeting' of 'old'",
      ],
      again: { outcome: 'nothing', said: ['Nothing to do.'] },
    })
  })

  it.each([
    ['a dry run', { dryRun: true }],
    ['a no', { answer: false }],
    ['nobody to ask and no --yes', { yes: false }],
  ])('does nothing after %s', async (_, options) => {
    const installation = anInstallation(there)
    const { outcome } = await apply(installation, text, options)
    expect([outcome, installation.sent]).toEqual(['shown', []])
  })

  it('says what was done and what was not, when it ends in the middle', async () => {
    const installation = anInstallation(there)
    installation.failAfter(1)
    const { outcome, said } = await apply(installation, text, { prune: true })
    expect([said.slice(-3), outcome]).toEqual([
      [
        "✓ changed inbox 'shop'",
        "· not done: canned response 'Goodbye' of all inboxes",
        "· not done: canned response 'Greeting' of 'old'",
      ],
      "inbox 'old': It does not answer. It may have been done or not. 1 done before it stays. Run it again to go on.",
    ])
  })
})

it('shows nothing that a terminal would obey', async () => {
  const { api } = anInstallation({ responses: [aGreeting({ name: '\u009b31m', text: '\u009b31m\u001b[1m\t' })] })
  const { said } = await apply({ ...anInstallation(), api }, 'version: 1\ncannedResponses: []\n', { prune: true })
  expect([/[^\P{Cc}\t]/u.test(said.join('')), said[4]]).toEqual([false, '  -text: "\\x9b31m\\e[1m\\t"'])
})

it('leaves alone what has no section in the file, also when it prunes', async () => {
  const installation = anInstallation({ inboxes: [aShop()], responses: [aGreeting()] })
  expect(await apply(installation, 'version: 1\ncannedResponses: []\n', { prune: true })).toMatchObject({
    said: expect.arrayContaining(["✓ removed canned response 'Greeting' of all inboxes"]),
  })
  expect(installation.sent).toEqual([expect.stringContaining('DELETE')])
})

it('knows a response by its shortcut, then by its name', async () => {
  const responses = [aGreeting({ shortcut: 'hi' }), aGreeting({ text: 'Good day' })]
  const installation = anInstallation({ responses })
  const text = `version: 1
cannedResponses:
  - { name: Welcome, shortcut: HI, text: Hello }
  - { name: greeting, shortcut: day, text: Good day }
`
  await apply(installation, text)
  expect(installation.sent.map((line) => line.split('/')[0])).toEqual(['PATCH ', 'PATCH '])
})

it('tells endpoints of one address apart by their descriptions, and says what is left to do for a new one', async () => {
  const url = 'https://crm.example/'
  const endpoints = ['Chats', 'Notes'].map((description) => anEndpoint({ url, description }))
  const installation = anInstallation({ endpoints })
  const text = `version: 1
webhooks:
  - { url: ${url}, description: Notes, events: [note.created] }
  - { url: ${url}, description: Chats, events: ["*"] }
  - { url: "https://new.example/", events: ["*"] }
`
  const { said } = await apply(installation, text)
  expect([said.slice(-3), installation.sent]).toEqual([
    [
      "✓ changed webhook endpoint 'https://crm.example/'",
      "✓ created webhook endpoint 'https://new.example/'",
      '  Its secret is shown to nobody: make a new one in the console or through the API for its receiver.',
    ],
    ['PATCH /api/admin/webhooks/endpoints/end_000000000000000000000001', 'POST /api/admin/webhooks/endpoints'],
  ])
})

it.each([
  ['shop', 'nothing'],
  ['nowhere', 'The file is not right; nothing was changed.'],
])('takes a response of inbox %s', async (inbox, outcome) => {
  const installation = anInstallation({ inboxes: [aShop()], responses: [aGreeting({ inbox: 'shop' })] })
  const text = `version: 1\ncannedResponses:\n  - { name: Greeting, text: Hello, inbox: ${inbox} }\n`
  expect(await apply(installation, text)).toMatchObject({ outcome })
})
