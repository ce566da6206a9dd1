import type { SlackSettings } from '../../../contract/slack-settings.ts'
import { type Finding, ok, problem, saying, warning } from '../../../platform/finding.ts'
import type { SlackApi } from '../api.ts'
import { isRefusal } from '../failures.ts'
import { channelsIn } from '../route.ts'
import type { ChannelInfo } from './channel-info.ts'

export interface UsingInbox {
  key: string
  slack: SlackSettings
}

/** Each channel that threads are opened in, once, with who wants it. */
export async function examineChannels(
  api: Pick<SlackApi, 'channel'>,
  installations: string,
  inboxes: readonly UsingInbox[],
): Promise<Finding[]> {
  const wanted = new Map([[installations, ['SLACK_CHANNEL']]])
  for (const { key, slack } of inboxes)
    for (const id of new Set(channelsIn(slack))) wanted.set(id, [...(wanted.get(id) ?? []), `the inbox ${key}`])
  const isAllowed = (id: string) => allSharing(inboxes.filter(({ slack }) => usedBy(slack, installations).includes(id)))
  const states = await Promise.all([...wanted].map(([id, by]) => stateOf(api, id, by.join(', '), isAllowed(id))))
  return states.flat()
}

const usedBy = (slack: SlackSettings, installations: string): string[] =>
  slack.channel === undefined ? [installations, ...channelsIn(slack)] : channelsIn(slack)

const allSharing = (using: readonly UsingInbox[]): boolean =>
  using.length > 0 && using.every(({ slack }) => slack.allowShared)

async function stateOf(
  api: Pick<SlackApi, 'channel'>,
  id: string,
  by: string,
  mayBeShared: boolean,
): Promise<Finding[]> {
  try {
    return told(await api.channel(id), by, mayBeShared)
  } catch (error) {
    if (isRefusal(error, ['channel_not_found'])) return [problem(`there is no channel ${id} (${by})`, notFound)]
    if (isRefusal(error, ['missing_scope']))
      return [warning(`the channel ${id} (${by}) cannot be looked at`, lookScope)]
    return [problem(`the channel ${id} (${by}): ${saying(error)}`, again)]
  }
}

const notFound =
  'Check the id: click the channel’s name in Slack, it stands at the very bottom. If it is a private one, write /invite @Deskbridge in it.'
const lookScope =
  'Add channels:read and groups:read under OAuth & Permissions → Bot Token Scopes, then Reinstall to Workspace. Without them, posts go on in a channel that is shared with another organisation.'
const again = 'Try again; if it stays, see docs/slack.md.'

function told(channel: ChannelInfo, by: string, mayBeShared: boolean): Finding[] {
  const name = `#${channel.name ?? channel.id} (${by})`
  const findings = [...whetherItCanBeUsed(channel, name), ...whoReads(channel, name, mayBeShared)]
  return findings.length > 0 ? findings : [ok(`${name} is there, and the app is in it`)]
}

function whetherItCanBeUsed({ is_archived: archived, is_member: member }: ChannelInfo, name: string): Finding[] {
  if (archived)
    return [
      problem(`${name} is archived`, 'Open it in Slack → click its name → Settings → Unarchive, and invite the app.'),
    ]
  return member === false ? [problem(`the app is not in ${name}`, 'Write /invite @Deskbridge in the channel.')] : []
}

function whoReads(channel: ChannelInfo, name: string, mayBeShared: boolean): Finding[] {
  const { is_ext_shared: shared = false, is_pending_ext_shared: invited = false } = channel
  if (!shared && !invited) return []
  if (mayBeShared)
    return shared ? [warning(`people of another organisation read the customers’ chats in ${name}`, allowed)] : []
  const what = shared ? 'it is shared with another organisation' : 'another organisation is invited'
  return [problem(`nothing is posted in ${name}: ${what}`, shared ? unshare : withdraw)]
}

const allowed = 'Nothing, if that is meant: slack.allowShared of the inboxes that use it says so.'
const orAllow = 'or choose another channel, or set slack.allowShared in the inbox if they may read its chats.'
const unshare = `Click the channel’s name → Settings → stop sharing it, ${orAllow}`
const withdraw = `Withdraw the invitation: click the channel’s name → Settings; ${orAllow}`
