/** What `deskbridge doctor` says of one thing. `problem`: something does not work until `todo` is done. */
export interface Finding {
  level: 'ok' | 'warning' | 'problem'
  what: string
  todo?: string
}

export const ok = (what: string): Finding => ({ level: 'ok', what })
export const warning = (what: string, todo: string): Finding => ({ level: 'warning', what, todo })
export const problem = (what: string, todo: string): Finding => ({ level: 'problem', what, todo })

/** One thing that cannot be found out does not keep the others from being said. */
export async function attempt(about: string, guide: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look()
  } catch (error) {
    return [problem(`${about}: ${saying(error)}`, `Try again; if it stays, see ${guide}.`)]
  }
}

export const saying = (error: unknown): string => (error instanceof Error ? error.message : String(error))
