import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createScan } from '../../../src/chat/files/scan.ts'
import { aChat, type TestChat } from '../../support/chat.ts'
import { aPdf, inStore, upload } from '../../support/files.ts'

let scanner: ChildProcess
let address: string
let chat: TestChat
let token: string
beforeAll(async () => {
  const script = join(import.meta.dirname, '..', '..', 'support', 'scanner.ts')
  scanner = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (!scanner.stdout) throw new Error('the scanner says nothing')
  const [port] = await once(scanner.stdout, 'data')
  address = `tcp://127.0.0.1:${String(port).trim()}`
  chat = await aChat({ files: { scanner: address } })
  token = (await chat.session()).token
})
afterAll(async () => {
  await chat.close()
  scanner.kill()
})

const send = async (to: TestChat, key: string, text: string) => {
  const { status, body } = await upload(to, key, { bytes: aPdf(text), name: 'a.pdf' })
  return [status, body.error?.code, (await inStore(to)).length]
}
/** More than one piece of the stream. */
const long = 'x'.repeat(150_000)

it('lets in what it knows nothing of, refuses what it knows, and what it cannot judge is to be sent again', async () => {
  expect([
    await send(chat, token, `${long}a virus`),
    await send(chat, token, `${long}a riddle`),
    await send(chat, token, long),
  ]).toEqual([
    [422, 'file_refused', 0],
    [503, 'unavailable', 0],
    [201, undefined, 1],
  ])
})

it('keeps nothing while it is away', async () => {
  const without = await aChat({ files: { scanner: 'tcp://127.0.0.1:9' } })
  try {
    expect(await send(without, (await without.session()).token, 'clean')).toEqual([503, 'unavailable', 0])
  } finally {
    await without.close()
  }
})

it('does not wait for ever for one that does not answer', async () => {
  const scan = createScan(address, 200)
  await expect(scan(Buffer.from('no answer'))).rejects.toMatchObject({ code: 'unavailable' })
})
