import { attempt, type Finding, ok, problem, saying, warning } from '../../../platform/finding.ts'
import { reachOf } from '../../../platform/reach.ts'
import type { SlackConfig } from '../../../platform/settings.ts'
import type { SlackApi } from '../api.ts'
import type { Scope } from '../permissions.ts'
import { SlackProblem } from '../problem.ts'
import { remedyFor as remedyForSocket } from '../socket/ending.ts'
import { examineChannels, type UsingInbox } from './examine-channels.ts'
import { purposes, scopesInUse } from './scopes.ts'

export interface SlackDoctorOptions {
  config: Pick<SlackConfig, 'channel'>
  api: Pick<SlackApi, 'identity' | 'channel'>
  inboxes(): Promise<readonly UsingInbox[]>
  /** When an event was last taken in. */
  lastEvent(): Promise<Date | null>
  publicUrl: string
  /** Set in Socket Mode. */
  socket?: { examine(): Promise<unknown> }
}

/** What works between here and the workspace, and what to click where something does not. */
export async function* examineSlack(options: SlackDoctorOptions): AsyncGenerator<Finding> {
  const { config, api, inboxes, lastEvent, publicUrl, socket } = options
  const signIn = await signedIn(api)
  yield signIn.finding
  if (!signIn.scopes) return
  yield* rightsOf(signIn.scopes)
  const channels = async () => examineChannels(api, config.channel, await inboxes())
  yield* await attempt('the channels', guide, channels)
  yield socket ? await connects(socket) : reachOf('Slack', publicUrl)
  const heard = socket ? heardBySocket : heardOverHttp
  yield* await attempt('whether events arrive', guide, async () => [heard(await lastEvent())])
}

async function signedIn(api: SlackDoctorOptions['api']) {
  try {
    const { team, team_id: id, user, response_metadata: beside } = await api.identity()
    const finding = ok(`Slack takes us in as @${user ?? 'a bot'} of the workspace ${team ?? id}`)
    return { finding, scopes: beside?.scopes ?? [] }
  } catch (error) {
    return { finding: problem(`Slack does not take us in: ${saying(error)}`, remedyFor(error)), scopes: null }
  }
}

const remedyFor = (error: unknown): string =>
  error instanceof SlackProblem && error.problem.kind === 'refusal'
    ? 'Open the app at api.slack.com/apps → Install App → Reinstall to Workspace, and set the new SLACK_BOT_TOKEN.'
    : 'Check that this machine reaches slack.com over HTTPS.'

function* rightsOf(granted: readonly string[]): Generator<Finding> {
  // An installation of another kind may not name them; each call says then what it lacks.
  if (granted.length === 0) return
  const missing = scopesInUse().filter((scope) => !granted.includes(scope))
  if (missing.length === 0) yield ok('the token has every scope that is in use')
  for (const scope of missing) yield lacking(scope)
}

function lacking(scope: Scope): Finding {
  const { purpose, optional } = purposes[scope]
  const todo = `Add ${scope} under OAuth & Permissions → Bot Token Scopes, then Reinstall to Workspace.`
  return (optional ? warning : problem)(`the token lacks ${scope}: ${purpose}`, todo)
}

async function connects(socket: { examine(): Promise<unknown> }): Promise<Finding> {
  try {
    await socket.examine()
    return ok('Slack takes the app-level token, and gives connections for Socket Mode')
  } catch (error) {
    const remedy = error instanceof SlackProblem ? remedyForSocket(error) : guide
    return problem(`Slack gives no connection for Socket Mode: ${saying(error)}`, remedy)
  }
}

const heardOverHttp = (last: Date | null): Finding =>
  last
    ? ok(`the last event from Slack was taken in at ${last.toISOString()}, and its signature was right`)
    : warning(
        'no event has come from Slack yet',
        'Start Deskbridge, open the app at api.slack.com/apps → Event Subscriptions and click Retry until it says Verified; then write in a thread. A wrong SLACK_SIGNING_SECRET shows as wrong_signature in the log.',
      )

const heardBySocket = (last: Date | null): Finding =>
  last
    ? ok(`the last event from Slack was taken in at ${last.toISOString()}`)
    : warning(
        'no event has come from Slack yet',
        'Start Deskbridge and write in a thread. In the app at api.slack.com/apps, Socket Mode and Event Subscriptions must both be on.',
      )

const guide = 'docs/slack.md'
