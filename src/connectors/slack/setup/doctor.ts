import { attempt, type Finding, ok, problem, saying, warning } from '../../../platform/finding.ts'
import { reachOf } from '../../../platform/reach.ts'
import type { SlackConfig } from '../../../platform/settings.ts'
import type { SlackApi } from '../api.ts'
import type { Installation } from '../installations/installation.ts'
import { whichHas } from '../installations/which-has.ts'
import type { Scope } from '../permissions.ts'
import { SlackProblem } from '../problem.ts'
import { remedyFor as remedyForSocket } from '../socket/ending.ts'
import { examineChannels, type UsingInbox } from './examine-channels.ts'
import { purposes, scopesInUse } from './scopes.ts'

type Workspace = Pick<Installation, 'team'> & { api: Pick<SlackApi, 'identity' | 'channel'> }

export interface SlackDoctorOptions {
  config: Pick<SlackConfig, 'channel'>
  /** The workspaces that the app is in or was. */
  known(): Promise<{ live: readonly Workspace[]; gone: readonly string[] }>
  inboxes(): Promise<readonly UsingInbox[]>
  /** When an event was last taken in. */
  lastEvent(): Promise<Date | null>
  publicUrl: string
  /** Set in Socket Mode. */
  socket?: { examine(): Promise<unknown> }
}

/** What works between here and the workspaces, and what to click where something does not. */
export async function* examineSlack(options: SlackDoctorOptions): AsyncGenerator<Finding> {
  const { config, known, inboxes, lastEvent, publicUrl, socket } = options
  const workspaces: Workspace[] = []
  yield* await attempt('the workspaces', guide, async () => {
    const { live, gone } = await known()
    workspaces.push(...live)
    return whereItIsNot(live.length, gone)
  })
  const open: Workspace[] = []
  for (const workspace of workspaces) {
    const { finding, scopes } = await signedIn(workspace)
    yield finding
    if (!scopes) continue
    open.push(workspace)
    yield* rightsOf(scopes)
  }
  if (open.length === 0) return
  const channels = async () => examineChannels({ channel: (id) => lookAt(open, id) }, config.channel, await inboxes())
  yield* await attempt('the channels', guide, channels)
  yield socket ? await connects(socket) : reachOf('Slack', publicUrl)
  const heard = socket ? heardBySocket : heardOverHttp
  yield* await attempt('whether events arrive', guide, async () => [heard(await lastEvent())])
}

function whereItIsNot(live: number, gone: readonly string[]): Finding[] {
  const lost = gone.map((name) => problem(`the app was taken out of the workspace ${name}`, installAgain))
  return live + gone.length > 0 ? lost : [problem('the app is in no workspace yet', install)]
}

const install = 'Open the address that `bin/deskbridge slack install` prints, and click Allow.'
const installAgain = `${install} To do without the workspace, remove it: DELETE /api/admin/slack/installations/<team>.`

/** In the workspace that has it. */
async function lookAt(workspaces: readonly Workspace[], channel: string) {
  const [first, ...others] = workspaces
  const found = others.length === 0 ? first : ((await whichHas(workspaces, channel)) ?? first)
  if (!found) throw new Error('no workspace takes us in')
  return found.api.channel(channel)
}

async function signedIn({ team: stored, api }: Workspace) {
  try {
    const { team, team_id: id, user, response_metadata: beside } = await api.identity()
    const finding = ok(`Slack takes us in as @${user ?? 'a bot'} of the workspace ${team ?? id}`)
    return { finding, scopes: beside?.scopes ?? [] }
  } catch (error) {
    const where = stored === null ? '' : ` at the workspace ${stored}`
    const finding = problem(`Slack does not take us in${where}: ${saying(error)}`, remedyFor(error, stored))
    return { finding, scopes: null }
  }
}

function remedyFor(error: unknown, stored: string | null): string {
  const isRefused = error instanceof SlackProblem && error.problem.kind === 'refusal'
  if (!isRefused) return 'Check that this machine reaches slack.com over HTTPS.'
  return stored === null
    ? 'Open the app at api.slack.com/apps → Install App → Reinstall to Workspace, and set the new SLACK_BOT_TOKEN.'
    : install
}

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
