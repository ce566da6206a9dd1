/** Whom something is shown to. `id` is theirs, to give them back what they sent. */
export interface Reader {
  kind: 'visitor' | 'agent'
  id: string
}
