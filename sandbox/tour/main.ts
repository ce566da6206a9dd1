import { runStand } from '../serve.ts'
import { startTour } from './start.ts'

const { env } = process
await runStand('tour', () =>
  startTour({
    port: Number(env.PORT ?? 3100),
    publicUrl: env.PUBLIC_URL ?? 'http://localhost:3000',
    slackUrl: env.SLACK_SANDBOX_URL,
    zendeskUrl: env.ZENDESK_SANDBOX_URL,
    channel: env.SLACK_CHANNEL ?? 'C0SUPPORT01',
  }),
)
