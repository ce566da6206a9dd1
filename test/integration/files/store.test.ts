import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFileStore } from '../../../src/chat/files/open-store.ts'
import type { FileStore } from '../../../src/chat/files/store.ts'
import { DeskbridgeError } from '../../../src/contract/errors.ts'
import { anS3 } from '../../support/s3.ts'

let data: string
let stop = async () => {}
const stores: Partial<Record<'disk' | 's3', FileStore>> = {}
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'store-'))
  const s3 = await anS3(data)
  stop = s3.stop
  stores.disk = await openFileStore({ folder: join(data, 'files') })
  stores.s3 = await openFileStore({ folder: join(data, 'unused'), s3: s3.config })
}, 600_000)
afterAll(async () => {
  await stop()
  await rm(data, { recursive: true })
})

const read = async (store: FileStore, key: string) =>
  Buffer.from(await new Response(await store.get(key)).arrayBuffer())
const codeOf = (error: unknown) => (error instanceof DeskbridgeError ? error.code : error)
async function listed(store: FileStore, folder: string): Promise<string[]> {
  const keys: string[] = []
  for await (const key of store.list(folder)) keys.push(key)
  return keys.sort()
}

describe.each(['disk', 's3'] as const)('files on %s', (kind) => {
  const store = (): FileStore => {
    const one = stores[kind]
    if (!one) throw new Error(`${kind} is not open`)
    return one
  }

  it('are read as they were written, whatever bytes they are made of', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 31) % 256))
    await store().put('own/a/whole', bytes, 'image/png')
    await store().put('own/a/empty', Buffer.alloc(0), 'application/pdf')
    expect([(await read(store(), 'own/a/whole')).equals(bytes), (await read(store(), 'own/a/empty')).length]).toEqual([
      true,
      0,
    ])
  })

  it('are replaced by what is written under the same key', async () => {
    for (const text of ['a longer one', 'short']) await store().put('own/b/same', Buffer.from(text), 'image/png')
    expect(String(await read(store(), 'own/b/same'))).toBe('short')
  })

  it('are gone once removed, and removing what is not there is no failure', async () => {
    await store().put('own/c/one', Buffer.from('x'), 'image/png')
    await store().remove('own/c/one')
    await store().remove('own/c/one')
    expect(await store().get('own/c/one').catch(codeOf)).toBe('not_found')
  })

  it('are listed by folder, all of them and no others', async () => {
    const keys = ['list/d/1', 'list/d/2', 'list/d/2.thumbnail']
    for (const key of [...keys, 'list/de/3', 'list/e/4']) await store().put(key, Buffer.from('x'), 'image/png')
    expect([await listed(store(), 'list/d'), await listed(store(), 'nobody/d')]).toEqual([keys, []])
  })

  it('are found in a folder of more than one page', async () => {
    const keys = Array.from({ length: 1_050 }, (_, index) => `many/f/${index}`).sort()
    for (let start = 0; start < keys.length; start += 50)
      await Promise.all(keys.slice(start, start + 50).map((key) => store().put(key, Buffer.from('x'), 'image/png')))
    expect(await listed(store(), 'many/f')).toEqual(keys)
  })
})

it('says that it cannot be reached, and not that the file is gone', async () => {
  const away = await openFileStore({
    folder: data,
    s3: {
      bucket: 'chats',
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:9',
      accessKeyId: 'a',
      secretAccessKey: 'b',
    },
  })
  const asked = [away.get('own/a/whole'), away.put('x', Buffer.from('x'), 'image/png'), away.remove('x')]
  expect(await Promise.all(asked.map((one) => one.catch(codeOf)))).toEqual(Array(3).fill('unavailable'))
})
