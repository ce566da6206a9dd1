import { stringify } from 'yaml'
import { command, shortcuts } from '../actions/names.ts'
import { events } from '../permissions.ts'
import { scopesInUse } from './scopes.ts'

const name = 'Deskbridge'

/** The manifest from which an administrator makes the Slack app. `publicUrl`: where Slack reaches the service, without a final slash. */
export const slackManifest = (publicUrl: string) => ({
  display_information: {
    name,
    description: 'Brings customer chats into a channel, one thread each, and answers back.',
  },
  features: {
    bot_user: { display_name: name, always_online: true },
    shortcuts: Object.entries(shortcuts).map(([callback_id, about]) => ({ ...about, callback_id })),
    slash_commands: [{ ...command, url: `${publicUrl}/connectors/slack/commands` }],
  },
  oauth_config: { scopes: { bot: scopesInUse() } },
  settings: {
    event_subscriptions: {
      request_url: `${publicUrl}/connectors/slack/events`,
      bot_events: Object.keys(events).sort(),
    },
    interactivity: {
      is_enabled: true,
      request_url: `${publicUrl}/connectors/slack/interactivity`,
      message_menu_options_url: `${publicUrl}/connectors/slack/interactivity`,
    },
    org_deploy_enabled: false,
    socket_mode_enabled: false,
    token_rotation_enabled: false,
  },
})

export const renderManifest = (publicUrl: string): string => stringify(slackManifest(publicUrl))
