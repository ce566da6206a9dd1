import { useEffect, useState } from 'preact/hooks'

/** Whether files are held over the page; those that are dropped anywhere in it are handed on. */
export function useDrop(onDrop: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    // Each part of the page is entered before the one before is left.
    let inside = 0
    const on = (change: -1 | 0 | 1) => (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      inside += change
      setOver(inside > 0)
    }
    const drop = (event: DragEvent) => {
      inside = 0
      setOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      onDrop(files)
    }
    const heard = { dragenter: on(1), dragleave: on(-1), dragover: on(0), drop } as const
    const held = new AbortController()
    for (const [name, listener] of Object.entries(heard)) addEventListener(name as 'drop', listener, held)
    return () => held.abort()
  }, [onDrop])
  return isOver
}
