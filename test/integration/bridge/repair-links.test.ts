import { afterEach, expect, it } from 'vitest'
import { repairLinks } from '../../../src/bridge/links/repair-links.ts'
import { aBridge, aSession } from '../../support/bridge.ts'
import { aRemote } from '../../support/remote.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function aChatWith(...said: string[]) {
  const remote = aRemote()
  const chat = await aBridge([remote])
  closing.push(chat.close)
  for (const text of said) await chat.say(text)
  await chat.runRung()
  const repair = async (write = true) => {
    const deps = { connection: chat.connection, destinations: [remote.connector] }
    const found = await Array.fromAsync(repairLinks(deps, { write, now: chat.now }))
    return found.map(({ change, where }) => `${change}: ${where}`)
  }
  /** What the sweep finds afterwards. */
  const bring = async () => {
    for (const { _id } of await chat.links.find({ 'outbound.behind': true }).toArray())
      chat.rung.push({ kind: 'deliver', link: _id })
    await chat.runRung()
    return remote.shown()
  }
  return { chat, repair, bring }
}

const link = `${aSession}:slack`

it.each([
  [[], 'made', ['opened', 'forgotten']],
  [['one'], 'raised', ['opened', 'one', 'forgotten']],
])('announces what was committed and never announced, after %j', async (said, change, shown) => {
  const { chat, repair, bring } = await aChatWith(...said)
  await chat.sayUnannounced('forgotten')
  const early = await repair()
  await chat.pass(60_000)
  const run = [await repair(false), await repair(), await repair()]
  expect([early, run, await bring()]).toEqual([[], [[`${change}: ${link}`], [`${change}: ${link}`], []], shown])
})

it('wakes a link that is behind and that no sweep would find', async () => {
  const { chat, repair, bring } = await aChatWith('one')
  await chat.sayUnannounced('two')
  await chat.links.updateOne({ _id: link }, { $set: { 'outbound.head': 2 } })
  expect([await repair(), await bring(), await repair()]).toEqual([[`woken: ${link}`], ['opened', 'one', 'two'], []])
})

it('lowers what lies beyond the log, so that what comes next is brought', async () => {
  const { chat, repair, bring } = await aChatWith('one')
  await chat.links.updateOne({ _id: link }, { $set: { 'outbound.head': 50, 'outbound.cursor': 50 } })
  const lowered = await repair()
  await chat.say('two')
  expect([lowered, await bring(), await repair()]).toEqual([[`lowered: ${link}`], ['opened', 'one', 'two'], []])
})
