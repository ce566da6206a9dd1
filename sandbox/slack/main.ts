import { runStand } from '../serve.ts'
import { startSlack } from './start.ts'

const { env } = process
await runStand('slack stand-in', () =>
  startSlack({
    port: Number(env.PORT ?? 3101),
    token: env.SLACK_BOT_TOKEN ?? 'xoxb-sandbox',
    signingSecret: env.SLACK_SIGNING_SECRET ?? 'sandbox',
    appToken: env.SLACK_APP_TOKEN,
    channel: env.SLACK_CHANNEL ?? 'C0SUPPORT01',
    eventsUrl: env.SLACK_EVENTS_URL,
    interactionsUrl: env.SLACK_INTERACTIONS_URL,
    commandsUrl: env.SLACK_COMMANDS_URL,
    clientId: env.SLACK_CLIENT_ID,
    clientSecret: env.SLACK_CLIENT_SECRET,
    folder: env.SANDBOX_DATA,
    factor: Number(env.DESKBRIDGE_TIME_FACTOR ?? 1),
  }),
)
