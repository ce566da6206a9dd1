import type { Hono } from 'hono'
import { z } from 'zod'
import { documented } from '../fixtures/load.ts'
import { messageBody } from './message-body.ts'
import { viewBody } from './methods/views.ts'
import { people, team } from './people.ts'
import type { Screens } from './screens.ts'
import { signature } from './signed.ts'
import type { Outcome, Pushed, Sockets } from './sockets.ts'
import type { Workspace } from './workspace.ts'

export interface InteractionDeps {
  signingSecret: string
  interactionsUrl: string | undefined
  commandsUrl: string | undefined
  sockets: Sockets
  screens: Screens
  workspace: Workspace
  now(): number
}

const text = z.string()
/** `team`: of somebody from another workspace. */
const By = z.object({ user: text.default('U0GRACE'), team: text.default(team) })
const InMessage = By.extend({ channel: text, ts: text })

/** What people do besides writing, under `/sandbox`; each answers with what the app answered. */
export function mountInteractions(app: Hono, deps: InteractionDeps): void {
  const { screens, workspace } = deps
  const interact = (name: string, values: Record<string, unknown>) => {
    const payload = documented(`slack/interaction.${name}`, values)
    const form = { payload: JSON.stringify(payload) }
    return send(deps, deps.interactionsUrl, form, { type: 'interactive', payload })
  }
  const messageIn = ({ channel, ts }: { channel: string; ts: string }) => {
    const message = workspace.find(channel, ts)
    if (!message) throw new Error(`there is no message ${channel} ${ts}`)
    return messageBody(message, true)
  }
  const viewOf = (id: string) => {
    const view = screens.view(id)
    if (!view) throw new Error(`there is no view ${id}`)
    return view
  }

  app.get('/sandbox/views', (c) => c.json(screens.views()))
  app.get('/sandbox/whispers', (c) => c.json(screens.whispers))

  /** For those who use one twice, or too late. */
  app.post('/sandbox/triggers', async (c) => c.json({ trigger: screens.trigger(By.parse(await c.req.json()).user) }))

  app.post('/sandbox/clicks', async (c) => {
    const Clicked = InMessage.extend({ action: text, value: text, trigger: text.optional() })
    const { user, team: of, channel, ts, action, value, trigger } = Clicked.parse(await c.req.json())
    const button = { action_id: action, block_id: 'chat', type: 'button', value, action_ts: ts }
    const answer = await interact('block_actions', {
      ...about(user, of),
      trigger_id: trigger ?? screens.trigger(user),
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      channel: { id: channel, name: 'support' },
      message: messageIn({ channel, ts }),
      actions: [button],
    })
    return c.json(answer)
  })

  app.post('/sandbox/shortcuts', async (c) => {
    const Used = By.extend({ shortcut: text, channel: text.optional(), ts: text.optional() })
    const { user, team: of, shortcut, channel, ts } = Used.parse(await c.req.json())
    const used = { ...about(user, of), callback_id: shortcut, trigger_id: screens.trigger(user) }
    if (channel === undefined || ts === undefined) return c.json(await interact('shortcut', used))
    const on = { channel: { id: channel, name: 'support' }, message: messageIn({ channel, ts }), message_ts: ts }
    return c.json(await interact('message_action', { ...used, ...on }))
  })

  app.post('/sandbox/commands', async (c) => {
    const Run = By.extend({ channel: text, command: text, text: text.default('') })
    const { user, team: of, channel, ...run } = Run.parse(await c.req.json())
    const values = { ...run, user_id: user, team_id: of, channel_id: channel, trigger_id: screens.trigger(user) }
    const payload = documented('slack/command', values)
    const form = Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]))
    return c.json(await send(deps, deps.commandsUrl, form, { type: 'slash_commands', payload }))
  })

  app.delete('/sandbox/views/:id', (c) => {
    screens.close(c.req.param('id'))
    return c.json({ ok: true })
  })

  app.post('/sandbox/views/:id/suggestions', async (c) => {
    const { user, team: of, field, typed } = By.extend({ field: text, typed: text }).parse(await c.req.json())
    const view = viewOf(c.req.param('id'))
    const asked = { action_id: field, block_id: field, value: typed }
    const container = { type: 'view', view_id: view.id }
    return c.json(await interact('block_suggestion', { ...about(user, of), ...asked, container, view: viewBody(view) }))
  })

  app.post('/sandbox/views/:id/choices', async (c) => {
    const { user, team: of, field, value } = By.extend({ field: text, value: text }).parse(await c.req.json())
    const view = viewOf(c.req.param('id'))
    const chosen = { type: 'external_select', action_id: field, block_id: field, selected_option: { value } }
    const container = { type: 'view', view_id: view.id }
    const done = { ...about(user, of), trigger_id: screens.trigger(user), container, actions: [chosen] }
    return c.json(await interact('block_actions', { ...done, view: viewBody(view) }))
  })

  app.post('/sandbox/views/:id/submissions', async (c) => {
    const Values = z.record(text, z.looseObject({}))
    const { user, team: of, values } = By.extend({ values: Values }).parse(await c.req.json())
    const view = viewOf(c.req.param('id'))
    const state = Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { [field]: value }]))
    const answer = await interact('view_submission', { ...about(user, of), view: viewBody(view, state) })
    if (answer.status === 200 && answer.body === null) screens.close(view.id)
    return c.json(answer)
  })
}

const about = (user: string, of: string) => ({
  user: { id: user, username: nameOf(user), name: nameOf(user), team_id: of },
  team: { id: of, domain: 'sandbox' },
})

const nameOf = (user: string): string => people.find(({ id }) => id === user)?.name ?? user

interface Answer {
  status: number
  body: unknown
}

async function send(
  { signingSecret, sockets, now }: InteractionDeps,
  url: string | undefined,
  form: Record<string, string>,
  pushed: Pushed,
): Promise<Answer> {
  if (sockets.isOpen()) return answered(await sockets.push(pushed))
  if (url === undefined) throw new Error('the app has no address for this')
  const body = new URLSearchParams(form).toString()
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    ...signature({ secret: signingSecret, body, at: now() }),
  }
  const answer = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(3_000) })
  const said = await answer.text()
  return { status: answer.status, body: said === '' ? null : JSON.parse(said) }
}

/** An acknowledgement as if it had come by HTTP; what is not acknowledged is not pushed again. */
function answered(outcome: Outcome): Answer {
  if (outcome.kind !== 'acknowledged') return { status: 503, body: null }
  const { payload = {} } = outcome
  return { status: 200, body: Object.keys(z.looseObject({}).parse(payload)).length === 0 ? null : payload }
}
