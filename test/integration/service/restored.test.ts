import type { Connection, mongo } from 'mongoose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSocketTransport } from '../../../clients/core/line/socket-transport.ts'
import { loadConfig } from '../../../src/platform/config.ts'
import { connectMongo } from '../../../src/platform/mongo.ts'
import { repairCommand } from '../../../src/repair-command.ts'
import { aClient } from '../../support/widget.ts'
import { aWorld, type World } from '../../support/world.ts'

let world: World
let connection: Connection
beforeAll(async () => {
  world = await aWorld({ factor: 0.2 })
  connection = await connectMongo(world.stores.mongodbUrl)
})
afterAll(async () => {
  await connection.close()
  await world.close()
})

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 40_000, interval: 50 })

async function repair(...args: string[]) {
  const said: string[] = []
  const deps = { connection, config: loadConfig(world.env), now: () => Date.now() + 60_000 }
  return { code: await repairCommand(deps, args, (line) => void said.push(line)), said }
}

/** All that is in the database, to be put back later. */
async function aBackup() {
  const all = new Map<string, mongo.Document[]>()
  for (const { name } of (await connection.db?.listCollections().toArray()) ?? [])
    all.set(name, await connection.collection(name).find().toArray())
  return {
    async restore() {
      for (const { name } of (await connection.db?.listCollections().toArray()) ?? [])
        await connection.collection(name).deleteMany({})
      for (const [name, documents] of all)
        if (documents.length > 0) await connection.collection(name).insertMany(documents)
    },
  }
}

/** The widget's own core, which goes on by itself. */
function aWidget() {
  const { client, saved } = aClient(createSocketTransport(world.url))
  const shown = () => client.state().conversation.messages.map(({ content }) => content)
  return {
    client,
    shown,
    async say(text: string) {
      client.send(text)
      await poll(() => [shown().at(-1), client.state().pending.length]).toEqual([text, 0])
    },
    saved,
  }
}

/** What a stream says first to a reader with this position. */
async function streamFrom(lastId: string, { sessionId, token }: { sessionId: string; token: string }) {
  const abort = new AbortController()
  const answer = await fetch(`${world.url}/api/chat/sessions/${sessionId}/stream?token=${token}`, {
    headers: { 'last-event-id': lastId },
    signal: abort.signal,
  })
  const reader = (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader()
  const { value = '' } = await reader.read()
  abort.abort()
  return /^id: (\w+):(\d+)$/m.exec(value)?.slice(1) ?? []
}

it('lets clients of the life before the restore reload, and then shows them what is there', {
  timeout: 240_000,
}, async () => {
  const widget = aWidget()
  await widget.say('before the backup')
  const backup = await aBackup()
  for (const text of ['lost one', 'lost two', 'lost three']) await widget.say(text)
  const { cursor, epoch } = widget.client.state().conversation
  const { sessionId, token } = widget.saved()

  await world.stop()
  await backup.restore()
  const { said } = await repair('--restored')
  await world.start()

  await poll(widget.shown).toEqual(['before the backup'])
  const [life, position] = await streamFrom(`${epoch}:${cursor}`, { sessionId, token })
  await poll(() => widget.client.state().conversation.epoch).toBe(life)
  const now = widget.client.state().conversation
  expect([said.at(-1), now.epoch === epoch, Number(cursor) > Number(now.cursor), life, position]).toEqual([
    'epochs: 1 made anew',
    false,
    true,
    now.epoch,
    expect.stringMatching(/^[1-9]\d*$/),
  ])

  await widget.say('after the restore')
  expect(widget.shown()).toEqual(['before the backup', 'after the restore'])
  await world.stop()
  await connection.collection<{ _id: string }>('sessions').deleteOne({ _id: sessionId })
  const again = await repair()
  const stored = await connection.collection<{ _id: string }>('sessions').findOne({ _id: sessionId })
  expect([again.said, Object(stored).state.epoch]).toEqual([[`summaries: 1 made (${sessionId})`], now.epoch])
  widget.client.stop()
})
