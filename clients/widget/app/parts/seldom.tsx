import type { FunctionComponent } from 'preact'
import { useEffect, useState } from 'preact/hooks'

type Parts = typeof import('../seldom.ts')

let loaded: Parts | undefined

/** Where they do not come, the next time tries again. */
export const loadParts = (): Promise<Parts | undefined> =>
  import('../seldom.ts').then(
    (parts) => (loaded = parts),
    () => undefined,
  )

/** A part that is loaded when it is first shown, if it was not before. */
export function seldom<P extends object>(choose: (parts: Parts) => FunctionComponent<P>): FunctionComponent<P> {
  return function Seldom(props: P) {
    const [parts, setParts] = useState(loaded)
    useEffect(() => {
      if (!parts) void loadParts().then(setParts)
    }, [])
    const Part = parts && choose(parts)
    return Part ? <Part {...props} /> : null
  }
}
