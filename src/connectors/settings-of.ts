import type { Setting } from '../contract/connector-health.ts'
import type { Config, SlackConfig, ZendeskConfig } from '../platform/settings.ts'

/** What each destination is connected by: names of variables, and whether they are set. Never what they hold. */
export const settingsOf = ({ slack, zendesk }: Pick<Config, 'slack' | 'zendesk'>): Record<string, Setting[]> => ({
  slack: slackSettings(slack),
  zendesk: zendeskSettings(zendesk),
})

const set = (name: string, value: unknown): Setting => ({ name, isSet: value !== undefined })

const slackSettings = (slack: SlackConfig | undefined): Setting[] => [
  set('SLACK_CHANNEL', slack?.channel),
  set('SLACK_BOT_TOKEN', slack?.botToken),
  set('SLACK_CLIENT_ID', slack?.oauth?.clientId),
  set('SLACK_CLIENT_SECRET', slack?.oauth?.clientSecret),
  set('SLACK_SIGNING_SECRET', slack?.signingSecret),
  set('SLACK_APP_TOKEN', slack?.appToken),
]

function zendeskSettings(zendesk: ZendeskConfig | undefined): Setting[] {
  const auth = zendesk?.auth
  const [oauth, token] = [auth?.kind === 'oauth' ? auth : undefined, auth?.kind === 'token' ? auth : undefined]
  return [
    set('ZENDESK_URL', zendesk?.url),
    set('ZENDESK_CLIENT_ID', oauth?.clientId),
    set('ZENDESK_CLIENT_SECRET', oauth?.clientSecret),
    ...(token ? [set('ZENDESK_EMAIL', token.email), set('ZENDESK_API_TOKEN', token.apiToken)] : []),
    set('ZENDESK_WEBHOOK_SECRET', zendesk?.webhookSecret),
  ]
}
