import { stringify } from 'yaml'
import { command, shortcuts } from '../actions/names.ts'
import { callbackPath } from '../installations/callback-path.ts'
import { events } from '../permissions.ts'
import { scopesInUse } from './scopes.ts'

const name = 'Deskbridge'

/**
 * The manifest from which an administrator makes the Slack app. `publicUrl`: where Slack reaches the service, without a
 * final slash; null: nowhere, it is for Socket Mode.
 */
export const slackManifest = (publicUrl: string | null) => ({
  display_information: {
    name,
    description: 'Brings customer chats into a channel, one thread each, and answers back.',
  },
  features: {
    bot_user: { display_name: name, always_online: true },
    shortcuts: Object.entries(shortcuts).map(([callback_id, about]) => ({ ...about, callback_id })),
    slash_commands: [{ ...command, ...requestsTo(publicUrl, 'commands', 'url') }],
  },
  oauth_config: {
    ...(publicUrl !== null && { redirect_urls: [publicUrl + callbackPath] }),
    scopes: { bot: scopesInUse() },
  },
  settings: {
    event_subscriptions: {
      ...requestsTo(publicUrl, 'events', 'request_url'),
      bot_events: Object.keys(events).sort(),
    },
    interactivity: {
      is_enabled: true,
      ...requestsTo(publicUrl, 'interactivity', 'request_url', 'message_menu_options_url'),
    },
    org_deploy_enabled: false,
    socket_mode_enabled: publicUrl === null,
    token_rotation_enabled: false,
  },
})

const requestsTo = (publicUrl: string | null, path: string, ...fields: readonly string[]): Record<string, string> =>
  publicUrl === null ? {} : Object.fromEntries(fields.map((field) => [field, `${publicUrl}/connectors/slack/${path}`]))

export const renderManifest = (publicUrl: string): string => stringify(slackManifest(publicUrl))
