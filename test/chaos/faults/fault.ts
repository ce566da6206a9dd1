import type { Stage } from '../stage.ts'

/** Something that goes wrong, under load, and is over when `happen` is done. It answers whether it came to it. */
export interface Fault {
  name: string
  happen(stage: Stage): Promise<boolean>
}

/** One that nothing has to come to. */
export const always = (name: string, happen: (stage: Stage) => Promise<unknown>): Fault => ({
  name,
  async happen(stage) {
    await happen(stage)
    return true
  },
})
