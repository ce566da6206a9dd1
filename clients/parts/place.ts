/**
 * To be asked before what is in the box changes: answers how to put the first line in sight back to where it stands. It is held
 * at its lower edge, because at its head a name goes when another line of the same author comes before it.
 */
export function holdPlace(box: Element): (() => void) | undefined {
  const { top } = box.getBoundingClientRect()
  for (const line of box.querySelectorAll('article')) {
    const { bottom } = line.getBoundingClientRect()
    if (bottom > top)
      return () => {
        if (line.isConnected) box.scrollTop += line.getBoundingClientRect().bottom - bottom
      }
  }
  return undefined
}
