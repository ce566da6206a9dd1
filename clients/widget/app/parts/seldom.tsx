import type { FunctionComponent } from 'preact'
import { useEffect, useState } from 'preact/hooks'

type Parts = typeof import('../seldom.ts')

/** A part that is loaded when it is first shown. Where it does not come, the next time tries again. */
export function seldom<P extends object>(choose: (parts: Parts) => FunctionComponent<P>): FunctionComponent<P> {
  let loaded: FunctionComponent<P> | null = null
  return function Seldom(props: P) {
    const [Part, setPart] = useState(() => loaded)
    useEffect(() => {
      if (Part) return
      void import('../seldom.ts').then(
        (parts) => {
          loaded = choose(parts)
          setPart(() => loaded)
        },
        () => {},
      )
    }, [])
    return Part && <Part {...props} />
  }
}
