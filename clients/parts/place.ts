/** Where a line that is read stands in its box. */
export interface Place {
  line: Element
  /** Its lower edge, from the upper one of the box: at its head a name may go when another line of the same author comes before it. Pixels. */
  bottom: number
}

/** The first line in sight; null where the box has none. To be asked before what is around it changes. */
export function placeIn(box: Element): Place | null {
  const edge = box.getBoundingClientRect().top
  for (const line of box.querySelectorAll('article')) {
    const bottom = line.getBoundingClientRect().bottom - edge
    if (bottom > 0) return { line, bottom }
  }
  return null
}

/** Moves the box so that the line stands there again, whatever has come around it. */
export function keepPlace(box: Element, { line, bottom }: Place): void {
  if (line.isConnected) box.scrollTop += line.getBoundingClientRect().bottom - box.getBoundingClientRect().top - bottom
}
