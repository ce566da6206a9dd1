import { useLayoutEffect } from 'preact/hooks'
import { useFrame } from './frame.ts'
import type { PageKey } from './page-key.ts'

/** The page's keys, for as long as it is open: from before it is painted, since a key may be pressed as soon as it is seen. */
export function usePageKeys(keys: readonly PageKey[]): void {
  const { setKeys } = useFrame()
  useLayoutEffect(() => setKeys(keys))
  useLayoutEffect(() => () => setKeys([]), [])
}
