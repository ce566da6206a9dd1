/** What `deskbridge doctor` says of one thing. `problem`: something does not work until `todo` is done. */
export interface Finding {
  level: 'ok' | 'warning' | 'problem'
  what: string
  todo?: string
}

export const ok = (what: string): Finding => ({ level: 'ok', what })
export const warning = (what: string, todo: string): Finding => ({ level: 'warning', what, todo })
export const problem = (what: string, todo: string): Finding => ({ level: 'problem', what, todo })
