import type { Setting } from '../../contract/connector-health.ts'
import type { Finding } from '../../platform/finding.ts'
import type { Config } from '../../platform/settings.ts'
import { connectorStep } from './connector-step.ts'
import { mailStep, publicUrlStep, type SiteSeen, teamStep, widgetStep } from './own-steps.ts'
import type { Step } from './step.ts'

export interface StepsDeps {
  config: Pick<Config, 'publicUrl'> & { mail: Pick<Config['mail'], 'url'>; times: Pick<Config['times'], 'callTimeout'> }
  settings: Readonly<Record<string, readonly Setting[]>>
  /** Null: it is not connected. */
  examine(name: string): (() => AsyncIterable<Finding>) | null
  heardAt(name: string): Promise<Date | null>
  /** Of the accounts that are active. */
  activeRoles(): Promise<readonly string[]>
  sitesSeen: { all(): Promise<readonly SiteSeen[]> }
}

/** In the order in which they are done. */
export function stepsOf({ config, settings, examine, heardAt, activeRoles, sitesSeen }: StepsDeps): Step[] {
  const { publicUrl, mail, times } = config
  const connector = (id: 'slack' | 'zendesk') => ({ id, settings: settings[id] ?? [], examine: examine(id) })
  return [
    publicUrlStep(publicUrl, times.callTimeout),
    teamStep(activeRoles),
    connectorStep({ ...connector('slack'), title: 'Slack', heardAt: () => heardAt('slack') }),
    connectorStep({ ...connector('zendesk'), title: 'Zendesk' }),
    widgetStep(sitesSeen.all, publicUrl),
    mailStep(mail.url, times.callTimeout),
  ]
}
