import { useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { useFrame } from '../../frame/frame.ts'
import { useLoad } from '../../frame/load.ts'
import { asProblem } from '../../frame/problem.ts'
import { useSettled } from '../../frame/settled.ts'
import type { WebhookCalls } from '../calls.ts'
import { everyDelivery } from '../deliveries/filter.ts'
import { atLeisure, pollPause } from '../deliveries/poll-pause.ts'
import { usePoll } from '../deliveries/use-poll.ts'

/** What the page of an endpoint shows, read anew by itself as long as something is on its way. */
export function useEndpointPage(id: string, calls: WebhookCalls) {
  const { tell } = useFrame()
  const { path, query, route } = useLocation()
  const [filter, setFilter] = useState(everyDelivery)
  const settled = useSettled(filter)
  const shown = useRef(0)
  const whole = useLoad(() => calls.whole(id), [id])
  const found = useLoad(async () => {
    const page = await calls.findAsFar(id, settled, shown.current)
    shown.current = page.deliveries.length
    return page
  }, [id, settled])
  const again = () => {
    whole.again()
    found.again()
  }
  const { counts, replays = [] } = whole.data ?? {}
  const isReplaying = replays.some(({ state }) => state === 'running')
  const pause = pollPause(found.data?.deliveries ?? [], isReplaying, Date.now())
  usePoll(pause ?? (counts && counts.waiting > 0 ? atLeisure : null), again)
  const more = async (cursor: string) => {
    const next = await calls.find(id, settled, cursor).catch((error: unknown) => {
      tell(asProblem(error).message, 'problem')
    })
    if (!next) return
    found.set((now) => ({ ...next, deliveries: [...now.deliveries, ...next.deliveries] }))
    shown.current += next.deliveries.length
  }

  return {
    whole,
    found,
    filter,
    setFilter,
    more,
    again,
    /** In the address, so that it can be sent to a colleague. */
    delivery: query.delivery ?? null,
    setDelivery: (delivery: string | null) => route(delivery ? `${path}?delivery=${delivery}` : path, true),
  }
}

export type EndpointPageState = ReturnType<typeof useEndpointPage>
