import { expect, it } from 'vitest'
import { DeliveryId, EndpointId } from '../../contract/ids.ts'
import type { StoredEndpoint } from '../endpoints/stored.ts'
import type { Claimed } from './claim.ts'
import { createSend } from './send.ts'

const endpoint = EndpointId.parse(`end_${'0'.repeat(24)}`)
const event = `evt_${'0'.repeat(24)}`

it('does not call with what took so long to make that another worker may have it', async () => {
  let time = 0
  const done: string[] = []
  const send = createSend({
    bodies: {
      payloadOf: async () => null,
      of: async () => {
        time += 30_000
        return Buffer.from('{}')
      },
    },
    known: { opened: () => ({ keys: [], headers: [] as never }) },
    caller: {
      call: async () => {
        done.push('called')
        return { kind: 'unreachable', why: 'refused', ms: 0 }
      },
      close: () => {},
    },
    record: async () => void done.push('recorded'),
    random: () => 0,
    now: () => time,
  })
  const claimed = { _id: DeliveryId.parse(`${endpoint}.${event}`), event, tries: 0, claim: 'one', until: 30_000 }
  const sent = send({ url: 'https://one.example' } as StoredEndpoint, claimed as Claimed)
  await expect(sent).rejects.toThrow('took too long')
  expect(done).toEqual([])
})
