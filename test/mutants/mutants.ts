import type { Edit } from './edit.ts'

/** A deliberate break of the promise, and what notices it. */
export interface Mutant {
  breaks: string
  edits: readonly Edit[]
}

const deliver = 'src/bridge/outbound/deliver.ts'
const lease = 'src/bridge/links/lease.ts'
const append = 'src/log/append.ts'
const commit = 'src/log/group-commit.ts'

/** Each is the mistake that the design is made to exclude. */
export const mutants = {
  'cursor-before-the-call': {
    breaks: 'the cursor is written before the call: a worker that dies in between loses what it was about to bring',
    edits: [
      {
        file: deliver,
        find: "{ $set: { share: link.share, 'outbound.inflight': call, 'outbound.slots': [] } }",
        replace:
          "{ $set: { share: link.share, 'outbound.inflight': null, 'outbound.cursor': Math.max(link.outbound.cursor, call.to), 'outbound.slots': [] } }",
      },
    ],
  },
  'call-not-frozen': {
    breaks: 'nothing is stored before the call: a successor forms it again, and it stands there twice',
    edits: [
      {
        file: deliver,
        find: "'outbound.inflight': call, 'outbound.slots': []",
        replace: "'outbound.inflight': null, 'outbound.slots': []",
      },
    ],
  },
  'no-lease': {
    breaks: 'anybody may work on a link at any time: two workers bring the same thing',
    edits: [
      {
        file: lease,
        find: '.lease.until`]: { $lte: at }, [`',
        replace: '.lease.until`]: { $gte: 0 }, [`',
      },
      {
        file: lease,
        find: '.lease.token`]: held[side].lease.token })',
        replace: '.lease.token`]: { $gte: 0 } })',
      },
    ],
  },
  'ack-before-commit': {
    breaks: 'a message is acknowledged before it is stored: a node that dies in between has lost it',
    edits: [
      {
        file: commit,
        find: 'waiting.push({ event, bytes, deadline: deps.now() + deps.deadlineMs, resolve, reject })',
        replace:
          "waiting.push({ event, bytes, deadline: deps.now() + deps.deadlineMs, resolve, reject }), resolve({ kind: 'committed' })",
      },
    ],
  },
  'local-reads': {
    breaks: 'readers see what no majority has: a failover takes it back from under them',
    edits: [{ file: 'src/log/read.ts', find: "level: 'majority'", replace: "level: 'local'" }],
  },
  'catch-up-before-join': {
    breaks: 'a reader reads what it missed and joins afterwards: what is committed in between never reaches it',
    edits: [
      {
        file: 'src/chat/realtime/actions.ts',
        find: 'const following = follow(socket, summary, position)\n    following.ring((await openSession(deps, sessionId)).seq)',
        replace: `const before = follow(socket, summary, position)
    for (const event of await deps.log.read(sessionId, position)) before.ring(event.seq, event)
    follow(socket, summary, (await openSession(deps, sessionId)).seq)`,
      },
    ],
  },
  'two-of-a-session-in-a-batch': {
    breaks: 'two events of a session go into one batch: a duplicate on the first leaves a hole behind the second',
    edits: [
      { file: commit, find: '!fits || sessions.has(one.event.session)', replace: '!fits' },
      { file: 'src/log/lines.ts', find: 'before ? before.then(task, task) : task()', replace: 'task()' },
      {
        file: append,
        find: 'const outcome = await deps.commits.commit(event)',
        replace: `deps.tails.advance(session, tail, { seq: event.seq, state: deps.fold.apply(tail.state, event) })
    const outcome = await deps.commits.commit(event)`,
      },
    ],
  },
  'sweep-inside-the-queue': {
    breaks: 'what refills the queue lives in the queue: an emptied Redis takes both',
    edits: [
      {
        file: 'src/work.ts',
        find: 'const sweeps = [bridge, chat, webhooks, analytics].map((each) => each.startSweeps(everyInOneProcess))',
        replace: `const scheduled = \`\${config.redisPrefix}:scheduled\`
    await blocking.set(scheduled, 'on')
    const inTheQueue: typeof everyInOneProcess = (name, everyMs, task) =>
      everyInOneProcess(name, everyMs, async () => ((await redis.producer.exists(scheduled)) ? task() : undefined))
    const sweeps = [bridge, chat, webhooks, analytics].map((each) => each.startSweeps(inTheQueue))`,
      },
    ],
  },
  'webhook-let-go-before-the-call': {
    breaks: 'a webhook’s delivery is taken off before it was made: a worker that dies in between has lost it',
    edits: [
      {
        file: 'src/webhooks/deliveries/claim.ts',
        find: '{ $set: { claim, nextAt: at + leaseMs } }',
        replace: '{ $set: { claim, nextAt: at + leaseMs, waitsFor: null } }',
      },
    ],
  },
  'webhook-cursor-first': {
    breaks: 'a chat counts as told before it is written down whom to tell: a worker that dies in between tells nobody',
    edits: [
      {
        file: 'src/webhooks/fan-out/fan-out.ts',
        find: 'await begin(deliveries, wanted)\n      await fanOuts',
        replace: `await fanOuts.updateOne({ _id: session }, { $max: { cursor: last.seq } }, { upsert: true })
      await Reflect.get(globalThis, 'atPoint')?.('told')
      await begin(deliveries, wanted)
      await fanOuts`,
      },
    ],
  },
  'webhook-order-by-claim': {
    breaks: 'the next of a chat goes while its predecessor was merely claimed: it overtakes one that fails',
    edits: [
      {
        file: 'src/webhooks/deliveries/pull.ts',
        find: '(firsts.get(session) === seq &&',
        replace: '((firsts.get(session) ?? 0) <= seq &&',
      },
    ],
  },
} satisfies Record<string, Mutant>

export type MutantName = keyof typeof mutants

const isMutant = (name: string): name is MutantName => Object.hasOwn(mutants, name)

/** Edits of the mutant that `DESKBRIDGE_MUTANT` names. */
export function chosenEdits(name = process.env.DESKBRIDGE_MUTANT ?? ''): readonly Edit[] {
  if (name === '') return []
  if (!isMutant(name)) throw new Error(`There is no mutant ${name}; there are ${Object.keys(mutants).join(', ')}.`)
  return mutants[name].edits
}
