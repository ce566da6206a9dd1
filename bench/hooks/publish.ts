import { randomBytes } from 'node:crypto'
import { messageProjection } from '../../src/chat/messages/project-messages.ts'
import { summaryFold } from '../../src/chat/sessions/fold-summary.ts'
import { ClientMessageId, EventKey, type SessionId } from '../../src/contract/ids.ts'
import { CreateEndpoint } from '../../src/contract/webhook.ts'
import { createLog } from '../../src/log/create-log.ts'
import { createIds } from '../../src/platform/ids.ts'
import { connectMongo } from '../../src/platform/mongo.ts'
import { connectRedis } from '../../src/platform/redis.ts'
import { createSealedSecrets } from '../../src/platform/sealed-secrets.ts'
import { createQueue } from '../../src/queue/queue.ts'
import { readAllowed } from '../../src/webhooks/call/address.ts'
import { idOf, type Work } from '../../src/webhooks/doorbell.ts'
import { createEndpoints } from '../../src/webhooks/endpoints/endpoints.ts'

const inAChat = 50
const times = { jobLock: 30_000, stalledCheck: 15_000, insistEvery: 2_000 }

/** What an API node does of it: appends to the logs of chats, and rings. */
export async function aPublisher(stores: { mongodbUrl: string; redisUrl: string; prefix: string; secret: string }) {
  const connection = await connectMongo(stores.mongodbUrl)
  const redis = connectRedis(stores.redisUrl)
  const ids = createIds()
  const now = Date.now
  const onError = console.error
  const log = createLog({
    ...{ connection, fold: summaryFold, projections: [messageProjection], now, deadlineMs: 30_000, onError },
    eventId: ids.event,
  })
  const queue = createQueue<Work>({
    name: 'webhooks',
    idOf,
    producer: redis,
    prefix: stores.prefix,
    times,
    now,
    onError,
  })
  const endpoints = createEndpoints({
    ...{ connection, ids, now, random: randomBytes, changed: async () => {}, forget: async () => {} },
    allowed: readAllowed(['127.0.0.1']),
    sealing: createSealedSecrets({ secret: stores.secret }),
  })

  const begin = async (): Promise<SessionId> => {
    const session = ids.session()
    const visitor = { id: ids.visitor(), name: 'Ana' }
    const body = { epoch: ids.epoch(), inbox: 'default', visitor, channel: 'web' } as const
    const actor = { kind: 'visitor', ...visitor } as const
    const started = { type: 'session_started', actor, origin: 'deskbridge', body } as const
    await log.append({ session, key: EventKey.parse('auto:started:0'), decide: () => ({ append: started }) })
    return session
  }

  const say = async (session: SessionId, nth: number): Promise<string> => {
    const content = `Message ${nth}: I ordered the blue pot on Monday and wonder when it will arrive.`
    const body = { messageType: 'text', content, internal: false } as const
    const actor = { kind: 'system', rule: 'bench' } as const
    const draft = { type: 'message', actor, origin: 'deskbridge', body } as const
    const key = EventKey.parse(`c:bench:${ClientMessageId.parse(`message-${nth}`)}`)
    return (await log.append({ session, key, decide: () => ({ append: draft }) })).event._id
  }

  return {
    connection,
    endpoint: (url: string) =>
      endpoints.create(CreateEndpoint.parse({ url, events: ['message.created'] })).then(({ id }) => id),
    remove: (id: string) => endpoints.remove(id),
    /** So many messages, spread over chats; answers their ids. `ring` false: nobody hears of them yet. */
    async publish(count: number, options: { ring: boolean }): Promise<{ ids: string[]; sessions: SessionId[] }> {
      const sessions = await Promise.all(Array.from({ length: Math.ceil(count / inAChat) }, begin))
      const said: string[] = []
      for (let nth = 0; nth < count; nth += sessions.length) {
        const round = sessions.slice(0, count - nth)
        said.push(...(await Promise.all(round.map((session, index) => say(session, nth + index)))))
        if (options.ring) await queue.doorbell.ring(round.map((session) => ({ kind: 'fan_out', session })))
      }
      await log.projected()
      return { ids: said, sessions }
    },
    ring: (sessions: readonly SessionId[]) =>
      queue.doorbell.ring(sessions.map((session) => ({ kind: 'fan_out', session }))),
    async close() {
      await queue.close()
      redis.disconnect()
      await connection.close()
    },
  }
}

export type Publisher = Awaited<ReturnType<typeof aPublisher>>
