/** `<session>:<destination>`. */
export type LinkId = string

/** A drain to run: `deliver` brings the log out, `receive` brings arrivals in. Ids only, never content. */
export interface Work {
  kind: 'deliver' | 'receive'
  link: LinkId
}

/** Wakes some worker soon. Best effort: it never throws, and what it loses the sweeps find. */
export interface Doorbell {
  ring(work: readonly Work[]): Promise<void>
  /** Past anything that still counts as running: for what was found left behind. */
  insist(work: readonly Work[]): Promise<void>
}

export interface Scheduler {
  /** Rings at `at` (epoch ms) or a little later. Best effort as well. */
  wakeAt(work: Work, at: number): Promise<void>
}
