import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from 'mongoose'
import type { Chat } from './chat.ts'
import { type Finding, findingsIn } from './oracle.ts'
import type { Receiver } from './receiver.ts'
import type { Stands } from './stands.ts'

interface WatchDeps {
  connection: Connection
  stands: Stands
  receiver: Receiver
}

/** How often a run that waits says for what. */
const wordEveryMs = 10_000
const lookEveryMs = 500

/** Waits until everything is everywhere in these chats; answers what is still wrong after `limitMs`. */
export async function watch(
  deps: WatchDeps & { say(line: string): void },
  chats: readonly Chat[],
  limitMs: number,
): Promise<Finding[]> {
  const end = Date.now() + limitMs
  let nextWord = Date.now() + wordEveryMs
  let left = chats
  for (;;) {
    const found = await findingsOf(deps, left).catch((error: unknown) => {
      if (Date.now() > end) throw error
      return null
    })
    // The store is away: it is looked at again when it may be back.
    if (found === null) {
      await wait(lookEveryMs)
      continue
    }
    const all = [...found.values()].flat()
    left = left.filter((chat) => (found.get(chat) ?? []).length > 0)
    if (left.length === 0 || Date.now() > end) return all
    if (Date.now() > nextWord) {
      deps.say(`still waiting for ${inShort(all)}`)
      nextWord += wordEveryMs
    }
    await wait(lookEveryMs)
  }
}

async function findingsOf(
  { connection, stands, receiver }: WatchDeps,
  chats: readonly Chat[],
): Promise<Map<Chat, Finding[]>> {
  const there = { ...(await stands.everything()), told: receiver.told }
  const found = new Map<Chat, Finding[]>()
  for (const chat of chats) found.set(chat, await findingsIn(connection, chat, there))
  return found
}

const inShort = (findings: readonly Finding[]): string =>
  [...Map.groupBy(findings, ({ wrong, place }) => `${wrong} at the ${place}`)]
    .map(([what, all]) => `${all.length} ${what} (${all[0]?.token})`)
    .join(', ')
