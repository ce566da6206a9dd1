import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** State as a list of changes: applied, written down, and applied again at the next start. */
export function createJournal<Entry>(options: { folder: string | undefined; name: string; apply(entry: Entry): void }) {
  const file = options.folder && join(options.folder, `${options.name}.jsonl`)
  if (file) {
    mkdirSync(join(file, '..'), { recursive: true })
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    for (const line of lines) if (line.endsWith('}')) options.apply(JSON.parse(line))
  }
  return {
    write(entry: Entry) {
      options.apply(entry)
      if (file) appendFileSync(file, `${JSON.stringify(entry)}\n`)
    },
    clear() {
      if (file) rmSync(file, { force: true })
    },
  }
}
