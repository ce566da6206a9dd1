import { scopeOf } from './api.ts'
import { subscribedEvents } from './receiver.ts'

/** Subscriptions come with scopes of their own. */
const scopesOfEvents = { 'message.channels': 'channels:history', 'message.groups': 'groups:history' } as const

/** The app's manifest for Slack's "Create an app from a manifest", made from what the code uses. `url` is the service's public one. */
export function slackManifest(url: string) {
  const scopes = [...Object.values(scopeOf).flat(), ...subscribedEvents.map((event) => scopesOfEvents[event])]
  return {
    display_information: {
      name: 'Deskbridge',
      description: 'Chats with customers of your website, in threads',
    },
    features: { bot_user: { display_name: 'Deskbridge', always_online: true } },
    oauth_config: { scopes: { bot: [...new Set<string>(scopes)].sort() } },
    settings: {
      event_subscriptions: { request_url: `${url}/connectors/slack/events`, bot_events: [...subscribedEvents] },
      interactivity: { is_enabled: true, request_url: `${url}/connectors/slack/interactivity` },
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    },
  }
}
