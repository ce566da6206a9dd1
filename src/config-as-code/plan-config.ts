import type { AdminApi } from './admin-api.ts'
import { type Declared, wrongFile } from './parse-file.ts'
import type { Step } from './plan-items.ts'
import type { Section, SectionPlan } from './section.ts'

/** What it takes to make an installation like the file. Throws `invalid_input` for what names something that is nowhere. */
export async function planConfig(
  api: AdminApi,
  sections: readonly Section[],
  declared: Declared,
  prune: boolean,
): Promise<Step[]> {
  const plans = new Map<string, SectionPlan>()
  for (const { name, open } of sections) {
    const found = await open(api)
    const wanted = declared.sections.get(name)
    plans.set(name, wanted === undefined ? { steps: [], references: [], keys: found.keys } : found.plan(wanted, prune))
  }
  const all = [...plans.values()]
  const missing = all
    .flatMap(({ references }) => references)
    .filter(({ section, key }) => !plans.get(section)?.keys.includes(key))
  if (missing.length > 0)
    throw wrongFile(
      missing.map(({ section, key, path }) => declared.problem(path, `there is no '${key}' among the ${section}`)),
    )
  return all.flatMap(({ steps }) => steps)
}
