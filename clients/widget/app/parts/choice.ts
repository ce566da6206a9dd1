export interface Choice {
  name: string
  test?: string
  /** Of what is on or off. */
  isOn?: boolean
  choose(): void
}
