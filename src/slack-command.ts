import { makeInstallLink } from './connectors/slack/installations/install.ts'
import { createStates } from './connectors/slack/installations/state.ts'
import { DeskbridgeError } from './contract/errors.ts'
import { systemClock } from './platform/clock.ts'
import { createIds } from './platform/ids.ts'
import type { Config } from './platform/settings.ts'

export const slackUsage = `  slack install                prints an address at which somebody of a Slack workspace installs the app in it; it is
                               good once and for an hour, and needs SLACK_CLIENT_ID and SLACK_CLIENT_SECRET`

/** Answers the exit code. Throws `slack_not_configured`. */
export async function slackInstallCommand(config: Config, print: (line: string) => void): Promise<number> {
  const { slack, publicUrl } = config
  if (!slack) throw new DeskbridgeError('slack_not_configured')
  const states = createStates({ ...config, newId: createIds().token, now: systemClock })
  const { url, expiresAt } = await makeInstallLink({ publicUrl, slack }, states)
  print(`Open this until ${expiresAt}, choose the workspace and click Allow:`)
  print(url)
  return 0
}
