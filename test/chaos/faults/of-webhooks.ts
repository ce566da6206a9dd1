import { setTimeout as wait } from 'node:timers/promises'
import { SessionId } from '../../../src/contract/ids.ts'
import { deliveriesOf } from '../../../src/webhooks/deliveries/stored.ts'
import { until } from '../../../stores/process.ts'
import type { Mood } from '../receiver.ts'
import type { Stage } from '../stage.ts'
import { always, type Fault } from './fault.ts'

const minute = 60_000
const lookEveryMs = 500
/** The second time that a call fails, it is made again after 5 minutes and up to a fifth more. */
const untilNextTry = 7 * minute

/** The receiver of the webhooks is like that for some calls. */
const receiving = (name: string, mood: Mood, calls: number, lasts: (stage: Stage) => number = () => 0): Fault => ({
  name,
  async happen(stage) {
    const { receiver, clock } = stage
    receiver.become(mood)
    const isMet = await until(() => receiver.met() >= calls, 20_000)
    await wait(lasts(stage))
    receiver.become('well')
    clock.pass(untilNextTry)
    return isMet
  },
})

const timeout = ({ factor }: Stage) => 15_000 * factor + 500

export const faultsOfWebhooks: readonly Fault[] = [
  receiving('a webhook’s receiver that refuses', 'refusing', 12),
  receiving('a webhook’s receiver that does not answer', 'silent', 4, timeout),
  receiving('a webhook’s receiver whose answers are lost', 'forgetful', 8),
  {
    name: 'a webhook’s receiver that refuses what comes first and takes what comes next',
    async happen({ receiver, chats, random, connection, clock }) {
      const chat = random.pick(chats)
      const refused = { session: SessionId.parse(chat.session), state: 'waiting', tries: { $gt: 0 } } as const
      receiver.become('refusing')
      await chat.write('v')
      const isRefused = await until(async () => (await deliveriesOf(connection).countDocuments(refused)) > 1, 20_000)
      receiver.become('well')
      await chat.write('v')
      const next = chat.written.at(-1) ?? ''
      const isTaken = await until(
        () => receiver.told('at-once', chat.session).some(({ text }) => text.includes(next)),
        20_000,
      )
      await wait(lookEveryMs)
      clock.pass(untilNextTry)
      return isRefused && isTaken
    },
  },
  always('FLUSHALL while a webhook’s receiver refuses', async ({ receiver, redis, clock }) => {
    receiver.become('refusing')
    await until(() => receiver.met() >= 4, 20_000)
    await redis.flushall()
    receiver.become('well')
    clock.pass(untilNextTry)
  }),
]

const hour = 60 * minute
/** Longer than what is left of the schedule of a call that keeps failing. */
const mostHours = 80

/** Passes the hours after which calls that failed again and again are made once more. */
export async function untilCalledAgain({ connection, clock }: Stage): Promise<void> {
  const failed = { state: 'waiting', tries: { $gt: 0 } } as const
  for (let hours = 0; hours < mostHours; hours += 1) {
    if ((await deliveriesOf(connection).countDocuments(failed)) === 0) return
    clock.pass(hour)
    await wait(lookEveryMs)
  }
}
