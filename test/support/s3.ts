import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { S3Config } from '../../src/platform/settings.ts'
import { freePort, startProcess } from '../../stores/process.ts'
import { installPython } from '../../stores/python.ts'

const packages = join(import.meta.dirname, '..', '..', '.deskbridge', 'python-s3')

/** moto with what its S3 needs and no other of its services, which are ten times as much. */
const wanted = ['moto[s3]==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5']

const keys = { region: 'us-east-1', accessKeyId: 'test', secretAccessKey: 'test' }

/** A server that speaks S3, with an empty bucket. Installed by the first who asks: give that minutes. */
export async function anS3(data: string): Promise<{ config: S3Config; stop(): Promise<void> }> {
  const python = await installPython({
    folder: packages,
    wanted: () => wanted,
    env: process.env,
    say: console.log,
    what: 'the S3 server of the tests (moto)',
    otherwise: '',
  })
  const port = await freePort()
  const running = startProcess({
    command: python.command,
    args: [join(python.scripts, 'moto_server'), '-H', '127.0.0.1', '-p', String(port)],
    env: python.env,
    port,
    pidFile: join(data, 's3.pid'),
    logFile: join(data, 's3.log'),
  })
  const endpoint = `http://127.0.0.1:${port}`
  await answers(endpoint)
  const { S3Client, CreateBucketCommand } = await import('@aws-sdk/client-s3')
  const client = new S3Client({ ...keys, endpoint, forcePathStyle: true, credentials: keys })
  await client.send(new CreateBucketCommand({ Bucket: 'chats' }))
  client.destroy()
  return { config: { bucket: 'chats', endpoint, ...keys }, stop: running.stop }
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await wait(100)
  }
  throw new Error('moto does not answer')
}
