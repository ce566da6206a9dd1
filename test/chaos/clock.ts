import { renameSync, writeFileSync } from 'node:fs'

/** One clock for the service's processes and the stand-ins: hours pass when the run says so. */
export function aClock(file: string) {
  let offset = 0
  const write = () => {
    writeFileSync(`${file}.new`, String(offset))
    renameSync(`${file}.new`, file)
  }
  write()
  return {
    file,
    now: () => Date.now() + offset,
    pass(ms: number) {
      offset += ms
      write()
    },
  }
}

export type Clock = ReturnType<typeof aClock>
