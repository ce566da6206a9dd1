import type { Retry } from '../line/retry.ts'
import type { Answer } from '../line/transport.ts'
import { passes } from '../outbox/passing.ts'

type Event = 'identify' | 'update_visitor' | 'close_chat'

interface Item {
  event: Event
  payload: { attributes?: object | undefined; [field: string]: unknown }
  answered?: ((answer: Answer) => void) | undefined
}

/** What a chat has still to be told, in order. It is told once there is a connection, and again until there is an answer. */
export interface Owed {
  list(): readonly Item[]
  /** With what of this kind waits already it becomes one. Resolves once it was tried. `answered`: with yes or no. */
  add(event: Event, payload: Item['payload'], answered?: Item['answered']): Promise<void>
  /** These are not wanted any more. */
  drop(items: readonly Item[]): void
  tell(): Promise<void>
}

export function createOwed(deps: {
  /** Null: no answer came. */
  ask(event: Event, payload: object): Promise<Answer | null>
  retry: Retry
}): Owed {
  let list: readonly Item[] = []
  let underWay: Item | null = null
  let telling: Promise<void> | null = null

  const drop = (items: readonly Item[]) => {
    list = list.filter((one) => !items.includes(one))
  }
  const tellAll = async () => {
    for (let next = list[0]; next; next = list[0]) {
      underWay = next
      const answer = await deps.ask(next.event, next.payload)
      underWay = null
      if (answer === null) return
      if (!answer.ok && passes(answer.error)) return deps.retry.again(tell, answer.error.retryAfterMs)
      drop([next])
      next.answered?.(answer)
    }
  }
  const tell = () => {
    telling ??= tellAll().finally(() => {
      telling = null
    })
    return telling
  }
  return {
    list: () => list,
    add(event, payload, answered) {
      const waits = list.find((one) => one.event === event && one !== underWay)
      const attributes = { ...waits?.payload.attributes, ...payload.attributes }
      const whole = { ...waits?.payload, ...payload, ...(Object.keys(attributes).length > 0 && { attributes }) }
      list = [...list.filter((one) => one !== waits), { event, payload: whole, answered }]
      return tell()
    },
    drop,
    tell,
  }
}
