/** Whether the phone has a network, and what is cut when it loses it. */
const cuts = new Set<() => void>()
let isThere = true

export const hasNetwork = () => isThere

/** Requests and sockets that have not ended. */
export const linesOpen = (): number => cuts.size

/** `cut` is called once the network is gone; answers how to take that back. */
export function whenCut(cut: () => void): () => void {
  cuts.add(cut)
  return () => void cuts.delete(cut)
}

export function loseNetwork(): void {
  isThere = false
  for (const cut of [...cuts]) cut()
}

export function findNetwork(): void {
  isThere = true
}
