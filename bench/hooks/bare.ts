/** The baseline: a BullMQ worker whose jobs hold what is sent, and make the same signed call; nothing is stored. */
import { Agent, request } from 'node:http'
import { Worker } from 'bullmq'
import { connectBlockingRedis } from '../../src/platform/redis.ts'
import { sign, signingKeyOf } from '../../src/webhooks/call/sign.ts'

export interface BareJob {
  url: string
  id: string
  body: string
  secret: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 10 })

const post = ({ url, id, body, secret }: BareJob): Promise<void> =>
  new Promise((resolve, reject) => {
    const bytes = Buffer.from(body)
    const signature = sign({ id, timestamp: Math.floor(Date.now() / 1_000), body: bytes }, [signingKeyOf(secret)])
    const headers = { ...signature, 'content-type': 'application/json', 'content-length': bytes.byteLength }
    const call = request(url, { method: 'POST', agent, headers, signal: AbortSignal.timeout(15_000) }, (response) => {
      response.resume().once('end', resolve)
    })
    call.once('error', reject).end(bytes)
  })

const [redisUrl = '', prefix = ''] = process.argv.slice(2)
const worker = new Worker<BareJob>('bare', (job) => post(job.data), {
  connection: connectBlockingRedis(redisUrl, console.error),
  prefix,
  concurrency: 200,
})
await worker.waitUntilReady()
console.log('"started"')
process.once('SIGTERM', () => process.exit(0))
