import { runStand } from '../serve.ts'
import { startZendesk } from './start.ts'

const { env } = process
await runStand('zendesk stand-in', () =>
  startZendesk({
    port: Number(env.PORT ?? 3102),
    clientId: env.ZENDESK_CLIENT_ID ?? 'sandbox',
    clientSecret: env.ZENDESK_CLIENT_SECRET ?? 'sandbox',
    email: env.ZENDESK_EMAIL,
    apiToken: env.ZENDESK_API_TOKEN,
    webhookSecret: env.ZENDESK_WEBHOOK_SECRET ?? 'sandbox',
    webhookUrl: env.ZENDESK_WEBHOOK_URL,
    appUrl: env.ZENDESK_APP_URL,
    folder: env.SANDBOX_DATA,
    factor: Number(env.DESKBRIDGE_TIME_FACTOR ?? 1),
  }),
)
