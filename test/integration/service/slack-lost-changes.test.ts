import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWidget } from '../../support/widget.ts'
import { aWorld, channel, json, type World } from '../../support/world.ts'

/** Slack's clock is behind ours, so that what is written is not too new to be missed. ms */
const behind = 120_000

let world: World
beforeAll(async () => {
  world = await aWorld({ factor: 0.1, now: () => Date.now() - behind })
})
afterAll(() => world.close())

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 60_000, interval: 50 })

it('brings the edit and the deletion that Slack could not tell of while we were down, and nothing else', async () => {
  const widget = aWidget(world.url)
  widget.send('Where is my order?')
  const thread = async () => world.thread(widget.state().sessionId ?? '')
  await poll(async () => (await thread())?.replies.length).toBe(1)
  const root = (await thread())?.root.ts ?? ''
  const read = () =>
    widget
      .state()
      .conversation.messages.filter(({ senderName }) => senderName === 'Grace Hopper')
      .map(({ content, deleted }) => (deleted ? 'deleted' : content))
  const replies: { ts: string }[] = []
  for (const text of ['one', 'two', 'three']) replies.push(await world.replyInSlack(root, text))
  await poll(read).toEqual(['one', 'two', 'three'])
  await world.kill()
  await world.faults('slack', [{ kind: 'drop_event', times: 1_000 }])
  const change = (index: number, init: Parameters<typeof json>[1]) =>
    json(`${world.slack.url}/sandbox/messages/${channel}/${replies[index]?.ts}`, init)
  await change(0, { method: 'PUT', body: { text: 'One' } })
  await change(1, { method: 'DELETE' })
  await world.start()
  await poll(read).toEqual(['One', 'deleted', 'three'])
  widget.stop()
})
