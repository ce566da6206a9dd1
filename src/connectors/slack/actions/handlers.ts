type Named<T> = Record<string, (body: unknown) => Promise<T>>

/** What went wrong, under the field's name; the modal stays open with what was typed. Null: nothing did. */
export type Problems = Record<string, string> | null

/** A line of a list in a modal. */
export interface Option {
  text: { type: 'plain_text'; text: string }
  value: string
}

/** What becomes of each thing that people do in Slack besides writing, by its name there, however it reaches us. */
export interface Actions {
  /** Answered first, done then. */
  clicks: Named<void>
  shortcuts: Named<void>
  /** Done first: the answer says what came of it. */
  submissions: Named<Problems>
  suggestions: Named<readonly Option[]>
  commands: Named<string>
}
