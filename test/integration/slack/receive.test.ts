import nock from 'nock'
import { afterEach, describe, expect, it } from 'vitest'
import { fixture } from '../../../sandbox/fixtures/load.ts'
import {
  aConnector,
  channel,
  identity,
  marker,
  now,
  opened,
  ownReply,
  push,
  pushed,
  refused,
  rootTs,
  signature,
  slackAnswers,
  user,
} from './arrange.ts'

afterEach(() => nock.cleanAll())

const ts = '1700000060.000200'
const written = { ts, thread_ts: rootTs, user: 'U123ABC456', text: 'Live long and prospect.' }
const item = (raw: object = written) => ({ id: `${channel}:${ts}`, thread: opened.thread, order: `00${ts}`, raw })

describe('a push', () => {
  it('is stored before it is answered', async () => {
    const { app, accepted } = aConnector()
    const answer = await push(app, pushed({ ts, thread_ts: rootTs }))
    expect({ answer, accepted }).toEqual({ answer: { status: 200, body: null }, accepted: [item()] })
  })

  it('is refused when it cannot be stored, so that Slack pushes again', async () => {
    const { app } = aConnector({ storeFails: true })
    const answer = await push(app, pushed({ ts, thread_ts: rootTs }))
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } })
  })

  it('answers the challenge of a new address', async () => {
    const { body } = fixture('slack/url_verification')
    expect(await push(aConnector().app, body)).toEqual({ status: 200, body: { challenge: body.challenge } })
  })

  it.each([
    ['in the past', -301],
    ['in the future', 301],
  ])('is refused when it was signed more than five minutes %s', async (_, skew) => {
    const { app, accepted } = aConnector()
    const answer = await push(app, pushed({ ts, thread_ts: rootTs }), skew)
    expect({ ...answer, accepted }).toMatchObject({
      status: 401,
      body: { error: { code: 'wrong_signature' } },
      accepted: [],
    })
  })

  it.each([
    ['without a signature', {}],
    ['with the signature of another body', signature('another', now / 1_000)],
    ['with half a signature', { ...signature('x', now / 1_000), 'x-slack-signature': 'v0' }],
    ['with a time that is none', { ...signature('x', now / 1_000), 'x-slack-request-timestamp': 'soon' }],
  ])('is refused %s', async (_, headers) => {
    const { app, accepted } = aConnector()
    const body = JSON.stringify(pushed({ ts, thread_ts: rootTs }))
    const answer = await app.request('/connectors/slack/events', { method: 'POST', body, headers })
    expect({ status: answer.status, body: await answer.json(), accepted }).toMatchObject({
      status: 401,
      body: { error: { code: 'wrong_signature' } },
      accepted: [],
    })
  })

  it.each([
    ['is not JSON', '{', 'invalid_json'],
    ['is not an event', '{"type":{"$ne":null}}', 'invalid_input'],
  ])('that %s gets a clear error', async (_, body, code) => {
    expect(await push(aConnector().app, body)).toMatchObject({ status: 400, body: { error: { code } } })
  })

  it('answers the probe of a certificate', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const request = { method: 'POST', body: 'ssl_check=1&token=x', headers }
    expect((await aConnector().app.request('/connectors/slack/events', request)).status).toBe(200)
  })

  it('that says that pushes are limited is answered', async () => {
    expect(await push(aConnector().app, { type: 'app_rate_limited', minute_rate_limited: 1 })).toMatchObject({
      status: 200,
    })
  })

  it.each([
    ['outside of a thread', { ts, thread_ts: undefined }],
    ['that is a root with replies', { ts, thread_ts: ts }],
    ['in another channel under somebody else', { ts, thread_ts: rootTs, channel: 'C0ELSE', parent_user_id: 'U1' }],
    ['that tells of a change', { ts, subtype: 'message_changed', message: written, thread_ts: undefined }],
  ])('of a message %s stores nothing', async (_, event) => {
    const { app, accepted } = aConnector()
    const { status } = await push(app, pushed(event))
    expect({ status, accepted }).toEqual({ status: 200, accepted: [] })
  })

  it('of a root of ours is stored with the chat that it was made for', async () => {
    const session = `ses_${'0'.repeat(24)}`
    const metadata = { event_type: 'deskbridge_call', event_payload: { marker, session, from: 1, to: 0 } }
    const { app, accepted } = aConnector()
    await push(app, pushed({ ts, thread_ts: undefined, bot_id: 'B1', metadata }))
    expect(accepted).toMatchObject([{ id: `${channel}:${ts}`, thread: `${channel}:${ts}`, session }])
  })

  it('is stored from the channel of an inbox as well', async () => {
    const channels = { shop: { channel: 'C0SHOP0001' } }
    const { app, accepted } = aConnector({ channels })
    await push(app, pushed({ ts, thread_ts: rootTs, channel: 'C0SHOP0001' }))
    expect(accepted).toMatchObject([{ thread: `C0SHOP0001:${rootTs}` }])
  })

  it('reaches threads that we opened in an earlier channel', async () => {
    const { app, accepted } = aConnector()
    await push(app, pushed({ ts, thread_ts: rootTs, channel: 'C0BEFORE', parent_user_id: 'U0BOT' }))
    expect(accepted).toMatchObject([{ id: `C0BEFORE:${ts}`, thread: `C0BEFORE:${rootTs}` }])
  })
})

describe('an arrival', () => {
  const understand = (raw: object, ...answers: [string, object][]) => {
    slackAnswers(['auth.test', identity('B0OURS')], ...answers)
    return aConnector().connector.understand(item({ ...written, ...raw }))
  }

  it("is a message under its author's name", async () => {
    const text = 'Hi :wave: &amp; <https://a.example>'
    expect(await understand({ text }, ['users.info', user()])).toEqual({
      kind: 'message',
      key: `slack:${channel}:${ts}`,
      author: { id: 'U123ABC456', name: 'spengler' },
      text: 'Hi 👋 & https://a.example',
    })
  })

  it.each([
    ['a note for the team', '// ask legal', 'notes', { text: 'ask legal', internal: true, marked: true }],
    ['a note unless it is sent', 'Hello', 'sends', { text: 'Hello', internal: true }],
    ['for the customer when it is sent', '&gt;&gt; Hello', 'sends', { text: 'Hello' }],
  ])('is %s, as its inbox says', async (_what, text, inbox, said) => {
    slackAnswers(['auth.test', identity('B0OURS')], ['users.info', user()])
    const { connector } = aConnector({ channels: { notes: {}, sends: { send: 'explicit' } } })
    const author = { id: 'U123ABC456', name: 'spengler' }
    const arrival = await connector.understand(item({ ...written, text }), inbox)
    expect(arrival).toEqual({ kind: 'message', key: `slack:${channel}:${ts}`, author, ...said })
  })

  const documentedUser = fixture('slack/user').body.user as Record<string, unknown> & { profile: object }
  const authorOf = async (values: Record<string, unknown>, profile: Record<string, unknown> = {}) => {
    const told = {
      ...documentedUser,
      team_id: 'T12345678',
      ...values,
      profile: { ...documentedUser.profile, ...profile },
    }
    const arrival = await understand({}, ['users.info', { ok: true, user: told }])
    return arrival.kind === 'message' ? arrival.author : arrival
  }
  const image = 'https://avatars.slack-edge.com/2021-10-21/..._...__192.jpg'

  it('comes with the picture and the email that Slack has confirmed', async () => {
    expect(await authorOf({})).toEqual({
      id: 'U123ABC456',
      name: 'sherlock',
      email: 'sholmes@example.com',
      picture: { address: image, read: expect.any(Function) },
    })
  })

  it.each<[string, Record<string, unknown>, Record<string, unknown>, object]>([
    ['confirmed', { is_email_confirmed: false }, {}, { picture: expect.anything() }],
    ['shown to the app', {}, { email: undefined }, { picture: expect.anything() }],
  ])('comes without an email that is not %s', async (_, values, profile, more) => {
    expect(await authorOf(values, profile)).toEqual({ id: 'U123ABC456', name: 'sherlock', ...more })
  })

  it.each([
    ['no picture', { image_192: '', image_72: null }],
    ['a placeholder of another company’s', { image_192: 'https://secure.gravatar.com/avatar/1.jpg?s=192' }],
  ])('comes without a picture where there is %s', async (_, profile) => {
    expect(await authorOf({}, profile)).toEqual({ id: 'U123ABC456', name: 'sherlock', email: 'sholmes@example.com' })
  })

  it('comes with what was sent along, unless that is gone again', async () => {
    const raw = { subtype: 'file_share', text: '', files: [{ name: 'bill.pdf' }, { id: 'F1', mode: 'tombstone' }] }
    const arrival = await understand(raw, ['users.info', user()])
    expect(arrival).toMatchObject({ kind: 'message', text: '', files: [{ name: 'bill.pdf' }] })
  })

  it("goes by the author's id when Slack does not show them", async () => {
    const arrival = await understand({}, ['users.info', refused('user_not_visible')])
    expect(arrival).toMatchObject({ author: { id: 'U123ABC456', name: 'U123ABC456' } })
  })

  it('waits when Slack does not answer who the author is', async () => {
    const waiting = understand({}, ['users.info', refused('internal_error')])
    await expect(waiting).rejects.toMatchObject({ name: 'RemoteFailure', failure: { kind: 'ambiguous' } })
  })

  it('names a person once for many messages', async () => {
    const asked = slackAnswers(['auth.test', identity()], ['users.info', user()])
    const { connector } = aConnector()
    await connector.understand(item())
    await connector.understand(item())
    expect(asked.map(({ method }) => method)).toEqual(['auth.test', 'users.info'])
  })

  it.each([
    ['our own post with its marker', ownReply(ts), { kind: 'own', marker }],
    ['our own post without a marker', { bot_id: 'B0OURS' }, { kind: 'own', marker: null }],
    [
      "another app's post",
      { bot_id: 'B0OTHER' },
      { kind: 'pass', reason: 'written by another app', unheard: 'another app' },
    ],
    ['what the channel does', { subtype: 'channel_join' }, { kind: 'pass', reason: 'channel_join' }],
    ['a message of nobody', { user: undefined }, { kind: 'pass', reason: 'without an author' }],
  ])('knows %s', async (_, raw, arrival) => {
    expect(await understand(raw)).toEqual(arrival)
  })

  it.each([
    ['by their message', { user_team: 'T0OTHER' }, {}],
    ['by their account', {}, { team_id: 'T0OTHER' }],
  ])('keeps people of other organisations from the customer, known %s', async (_, raw, values) => {
    const arrival = await understand(raw, ['users.info', user(values)])
    expect(arrival).toEqual({
      kind: 'pass',
      reason: 'written by another organisation',
      unheard: 'another organisation',
    })
  })
})
