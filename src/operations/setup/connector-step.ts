import type { Setting } from '../../contract/connector-health.ts'
import type { Finding } from '../../platform/finding.ts'
import { done, failing, type Seen, type Step, toDo } from './step.ts'

export interface ConnectorStepDeps {
  id: 'slack' | 'zendesk'
  title: string
  settings: readonly Setting[]
  /** Null: it is not connected. */
  examine: (() => AsyncIterable<Finding>) | null
  /** When something last arrived, where that shows whether all is set up. */
  heardAt?: () => Promise<Date | null>
}

/** A destination as the doctor sees it. */
export const connectorStep = ({ id, title, settings, examine, heardAt }: ConnectorStepDeps): Step => ({
  id,
  title,
  isOptional: false,
  async look() {
    if (!examine)
      return toDo(`${notSet(settings)} not set`, `Set them as docs/${id}.md says, and start the service again.`)
    const [findings, heard] = await Promise.all([allOf(examine()), heardAt?.()])
    return { ...judged(findings, heard === null), findings }
  },
})

async function allOf(findings: AsyncIterable<Finding>): Promise<Finding[]> {
  const all: Finding[] = []
  for await (const finding of findings) all.push(finding)
  return all
}

/** What somebody may want to do comes after what does not work. `isSilent`: nothing has ever arrived. */
function judged(findings: readonly Finding[], isSilent: boolean): Seen {
  const problem = findings.find(({ level }) => level === 'problem')
  if (problem) return failing(problem.what, problem.todo ?? 'See bin/deskbridge doctor.')
  const warning = findings.findLast(({ level }) => level === 'warning')
  if (isSilent && warning) return toDo(warning.what, warning.todo ?? 'See bin/deskbridge doctor.')
  return done(findings[0]?.what ?? 'connected')
}

const notSet = (settings: readonly Setting[]): string => {
  const names = settings.filter(({ isSet }) => !isSet).map(({ name }) => name)
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are`
}
