import { expect, it } from 'vitest'
import { type Finding, ok, problem, warning } from '../../platform/finding.ts'
import { connectorStep } from './connector-step.ts'

const settings = ['SLACK_CHANNEL', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'].map((name) => ({ name, isSet: false }))

const look = (findings: readonly Finding[] | null, heard: Date | null = new Date()) =>
  connectorStep({
    id: 'slack',
    title: 'Slack',
    settings,
    examine:
      findings &&
      async function* () {
        yield* findings
      },
    heardAt: async () => heard,
  }).look()

const signedIn = ok('Slack takes us in')
const lacks = problem('the app is not in #support', 'Write /invite.')
const silent = warning('no event has come', 'Write in a thread.')

it.each<[string, readonly Finding[] | null, Date | null, object]>([
  [
    'is to do without its variables',
    null,
    null,
    {
      state: 'todo',
      found: 'SLACK_CHANNEL, SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set',
      next: 'Set them as docs/slack.md says, and start the service again.',
    },
  ],
  ['fails with a problem', [signedIn, silent, lacks], null, { state: 'failing', found: lacks.what, next: lacks.todo }],
  ['is to do while nothing came', [signedIn, silent], null, { state: 'todo', found: silent.what, next: silent.todo }],
  ['is done with a warning', [signedIn, silent], new Date(), { state: 'done', found: signedIn.what, next: null }],
])('%s', async (_, findings, heard, seen) => {
  expect(await look(findings, heard)).toMatchObject(seen)
})
