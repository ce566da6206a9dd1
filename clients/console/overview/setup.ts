import type { Api } from '../frame/api.ts'
import { asProblem } from '../frame/problem.ts'

export type StepState = 'done' | 'todo' | 'failing' | 'unknown'

/** One thing that a new installation needs, as the service finds it now. `next`: what to do. */
export interface SetupStep {
  id: string
  title: string
  isOptional: boolean
  state: StepState
  found: string
  next: string | null
  findings: readonly { level: 'ok' | 'warning' | 'problem'; what: string; todo: string | null }[]
}

const unlooked = { isOptional: false, state: 'unknown', found: 'Not looked at.', findings: [] } as const

/** Where the service does not look for itself. */
const byHand: readonly SetupStep[] = [
  {
    id: 'slack',
    title: 'Connect Slack',
    ...unlooked,
    next: 'Make the app with bin/deskbridge slack manifest, then set its token and its channel: docs/slack.md.',
  },
  {
    id: 'zendesk',
    title: 'Connect Zendesk',
    ...unlooked,
    next: 'Set the account up with bin/deskbridge zendesk setup: docs/zendesk.md.',
  },
  { id: 'widget', title: 'Put the widget on your site', ...unlooked, next: 'Copy this tag into your pages.' },
]

export const readSetup = (api: Api): Promise<readonly SetupStep[]> =>
  api.get<{ steps: SetupStep[] }>('/api/admin/setup').then(
    ({ steps }) => steps,
    (error: unknown) => {
      const problem = asProblem(error)
      if (problem.code === 'not_found') return byHand
      throw problem
    },
  )
