import { setTimeout as wait } from 'node:timers/promises'
import type { Random } from '../support/random.ts'
import type { Chat, Writer } from './chat.ts'

/** How long a chat is quiet between two messages, on average. ms */
const apartInOneChatMs = 14_400
/** Who writes how often. The order of what is written in Slack is promised as long as there is a read for each (45 a minute). */
const turns: readonly Writer[] = ['v', 'v', 'a', 'a', 'z', 'z', 's']

/** Everybody in all chats writes, in an order that the seed says. `begin`: one more chat, if there is to be one. */
export function createLoad(chats: readonly Chat[], random: Random, begin: () => Promise<void>) {
  /** Chats in which nobody writes for now. */
  const quiet = new Set<Chat>()
  let isOn = false
  let written = 0

  const write = async () => {
    while (isOn) {
      await random.pick(chats.filter((chat) => !quiet.has(chat))).write(random.pick(turns))
      written += 1
      await wait(random.between(0, (2 * apartInOneChatMs) / chats.length))
    }
  }

  return {
    quiet,
    /** How many messages there are, those included with which the chats began. */
    written: () => written + chats.length,
    /** Everybody writes, and somebody comes, while it goes on. */
    async during<T>(happens: () => Promise<T>): Promise<T> {
      isOn = true
      const writing = write()
      const beginning = begin()
      try {
        return await happens()
      } finally {
        isOn = false
        await Promise.all([writing, beginning])
      }
    },
    stop() {
      isOn = false
    },
  }
}
