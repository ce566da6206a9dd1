import type { ChatState } from '../../../core/client.ts'
import { useSay } from '../texts.ts'

const minute = 60_000

/** The visitor's place among those who wait. */
export function Queue({ position, waitMs }: NonNullable<ChatState['queue']>) {
  const say = useSay()
  const minutes = waitMs === null ? null : Math.max(1, Math.round(waitMs / minute))
  const isNext = position <= 1 && minutes === null
  return (
    <p class="notice" role="status" data-test="widget-queue">
      {isNext && say('nextInLine')}
      {!isNext && (minutes === null ? say('place', { position }) : say('placeAndWait', { position, minutes }))}
    </p>
  )
}
