import type { DeliveryId, EndpointId } from '../../contract/ids.ts'
import type { Outcome } from '../call/outcome.ts'
import type { StoredEndpoint } from '../endpoints/stored.ts'
import type { Aftermath } from './aftermath.ts'
import { after, at, type Breaker, closed, mostAtOnce, type Sign } from './breaker.ts'
import type { Claim } from './claim.ts'
import type { Pull } from './pull.ts'
import type { Send } from './send.ts'

export interface LaneDeps {
  /** Null: it is off, or not there. */
  endpoint(id: EndpointId): Promise<StoredEndpoint | null>
  pull: Pull
  claim: Claim
  send: Send
  /** When the next call may be made; `granted`: it is this one's. */
  slot(endpoint: StoredEndpoint, again: boolean): Promise<{ at: number; granted: boolean }>
  aftermath: Aftermath
  random(): number
  now(): number
  onError(error: unknown): void
}

/** The calls that one worker makes to one endpoint. What it has no room for stays in the store until it has. */
export interface Lane {
  /** Something is due. */
  pull(): void
  /** Begins no more calls, and waits for those under way. */
  stop(): Promise<void>
}

/** Calls to one endpoint under way at once in a worker. */
const most = 10
/** Looked up at once; each is claimed when there is room for it. */
const mostLookedUp = 50

export function createLane(id: EndpointId, deps: LaneDeps): Lane {
  const { now } = deps
  const running = new Set<Promise<void>>()
  let ready: DeliveryId[] = []
  let isMore = false
  let breaker: Breaker = closed
  let called = ''
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let isRung = false
  let going: Promise<void> | null = null
  let held: { at: number; granted: boolean } | null = null

  const go = () => {
    isRung = true
    if (!isStopped) going ??= goOn()
  }

  const wakeAt = (time: number) => {
    clearTimeout(timer)
    timer = setTimeout(go, Math.max(0, time - now()))
  }

  /** Once more for whoever rang meanwhile. */
  const goOn = async () => {
    while (isRung && !isStopped) {
      isRung = false
      await callAsMayBe().catch(deps.onError)
    }
    // In the turn of the last look: a ring a turn later would be nobody's.
    going = null
  }

  const callAsMayBe = async () => {
    while (!isStopped && (ready.length > 0 || isMore)) {
      const endpoint = await deps.endpoint(id)
      // What waits for one that is off is found when it is turned on.
      if (!endpoint) return drop()
      breaker = at(breakerOf(endpoint), now(), endpoint.restsUntil?.getTime() ?? 0)
      if (breaker.kind === 'open') return wakeAt(breaker.until)
      const room = mostAtOnce(breaker, most) - running.size
      if (room <= 0 || !(await mayCall(endpoint))) return
      for (const delivery of await next(endpoint, endpoint.ratePerSecond === null ? room : 1)) start(endpoint, delivery)
    }
  }

  /** Another address, or one that was turned on again, has done nothing wrong yet. */
  const breakerOf = (endpoint: StoredEndpoint): Breaker => {
    const address = addressOf(endpoint)
    if (address === called) return breaker
    called = address
    return closed
  }

  /** A slot that was given is kept until its time. */
  const mayCall = async (endpoint: StoredEndpoint): Promise<boolean> => {
    if (endpoint.ratePerSecond === null) return true
    const slot = held?.granted ? held : await deps.slot(endpoint, held !== null)
    const isNow = slot.granted && slot.at <= now()
    held = isNow ? null : slot
    if (!isNow) wakeAt(slot.at)
    return isNow
  }

  const drop = () => {
    ready = []
    isMore = false
  }

  /** Where order is asked for, whose turn it is may be another one's by the next call. */
  const next = async (endpoint: StoredEndpoint, room: number): Promise<DeliveryId[]> => {
    if (ready.length === 0) {
      isMore = false
      const found = await deps.pull(endpoint, endpoint.ordered ? room : mostLookedUp)
      ready = found.due
      isMore ||= found.isMore
    }
    return ready.splice(0, room)
  }

  /** Of an address that it no longer has, nothing counts. */
  const count = (endpoint: StoredEndpoint, sign: Sign | null) => {
    if (sign && addressOf(endpoint) === called) breaker = after(breaker, sign, { now: now(), random: deps.random })
  }

  const start = (endpoint: StoredEndpoint, delivery: DeliveryId) => {
    const run = attempt(endpoint, delivery)
      .catch((error: unknown) => {
        // Or all that waits would be gone through in vain, over and over.
        count(endpoint, { kind: 'failed', restMs: 0 })
        deps.onError(error)
      })
      .finally(() => {
        running.delete(run)
        go()
      })
    running.add(run)
  }

  const attempt = async (endpoint: StoredEndpoint, delivery: DeliveryId) => {
    const claimed = await deps.claim(delivery)
    if (!claimed) return
    const outcome = await deps.send(endpoint, claimed)
    count(endpoint, signOf(outcome))
    await deps.aftermath(endpoint, claimed, { outcome, breaker })
    // The next of its chat is due by then.
    if (endpoint.ordered) isMore = true
  }

  return {
    pull() {
      isMore = true
      go()
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await going
      await Promise.all(running)
    },
  }
}

const addressOf = ({ url, since }: StoredEndpoint): string => `${url} ${since.getTime()}`

/** Null: it says nothing of the endpoint. */
function signOf(outcome: Outcome): Sign | null {
  switch (outcome.kind) {
    case 'delivered':
      return { kind: 'fine' }
    case 'retry':
    case 'exhausted':
      return { kind: 'failed', restMs: outcome.restMs }
    case 'throttled':
      return { kind: 'throttled', restMs: outcome.restMs }
    case 'gone':
    case 'interrupted':
    case 'nothing':
      return null
  }
}
