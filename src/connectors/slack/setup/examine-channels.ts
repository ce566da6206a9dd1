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
  const states = await Promise.all([...wanted].map(([id, by]) => stateOf(api, id, by.join(', '))))
  return states.flat()
}

async function stateOf(api: Pick<SlackApi, 'channel'>, id: string, by: string): Promise<Finding[]> {
  try {
    return told(await api.channel(id), by)
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
  'Add channels:read and groups:read under OAuth & Permissions → Bot Token Scopes, then Reinstall to Workspace.'
const again = 'Try again; if it stays, see docs/slack.md.'

function told(channel: ChannelInfo, by: string): Finding[] {
  const name = `#${channel.name ?? channel.id} (${by})`
  const findings = [...whetherItCanBeUsed(channel, name), ...whoReads(channel, name)]
  return findings.length > 0 ? findings : [ok(`${name} is there, and the app is in it`)]
}

function whetherItCanBeUsed({ is_archived: archived, is_member: member }: ChannelInfo, name: string): Finding[] {
  if (archived)
    return [
      problem(`${name} is archived`, 'Open it in Slack → click its name → Settings → Unarchive, and invite the app.'),
    ]
  return member === false ? [problem(`the app is not in ${name}`, 'Write /invite @Deskbridge in the channel.')] : []
}

function whoReads(channel: ChannelInfo, name: string): Finding[] {
  if (channel.is_ext_shared)
    return [
      problem(
        `people of another organisation read the customers’ chats in ${name}`,
        'Click the channel’s name → Settings → stop sharing it, or choose another channel.',
      ),
    ]
  return channel.is_pending_ext_shared
    ? [
        warning(
          `another organisation is invited to ${name}`,
          'Withdraw the invitation: click the channel’s name → Settings.',
        ),
      ]
    : []
}
