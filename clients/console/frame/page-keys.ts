import { useEffect } from 'preact/hooks'
import { useFrame } from './frame.ts'
import type { PageKey } from './page-key.ts'

/** The page's keys, for as long as it is open. */
export function usePageKeys(keys: readonly PageKey[]): void {
  const { setKeys } = useFrame()
  useEffect(() => setKeys(keys))
  useEffect(() => () => setKeys([]), [])
}
