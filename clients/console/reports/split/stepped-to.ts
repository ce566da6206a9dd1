/** An hour of the week. `day`: from 0, Monday. */
export interface Place {
  day: number
  hour: number
}

const steps: Readonly<Record<string, (place: Place) => Place>> = {
  ArrowUp: ({ day, hour }) => ({ day: Math.max(0, day - 1), hour }),
  ArrowDown: ({ day, hour }) => ({ day: Math.min(6, day + 1), hour }),
  ArrowLeft: ({ day, hour }) => ({ day, hour: Math.max(0, hour - 1) }),
  ArrowRight: ({ day, hour }) => ({ day, hour: Math.min(23, hour + 1) }),
  Home: ({ day }) => ({ day, hour: 0 }),
  End: ({ day }) => ({ day, hour: 23 }),
}

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

/** Null: pressed together with another key, it is the browser's, as Alt and an arrow, which goes back. */
export const ownKey = ({ key, altKey, ctrlKey, metaKey, shiftKey }: Pressed): string | null =>
  altKey || ctrlKey || metaKey || shiftKey ? null : key

/** Where a key leads within the week; null: it leads nowhere. */
export const steppedTo = (place: Place, key: string): Place | null => steps[key]?.(place) ?? null
