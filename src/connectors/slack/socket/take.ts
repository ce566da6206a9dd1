import type { Logger } from '../../../platform/log-output.ts'
import { rateLimited } from '../arrivals/receiver.ts'
import type { ProcessAction, ProcessEvent } from '../sdk.ts'
import type { Take } from './connection.ts'
import type { Envelope } from './envelope.ts'

type Acknowledge = (payload?: unknown) => Promise<void>

interface TakeDeps {
  receive: ProcessEvent
  act: ProcessAction
  logger: Logger
}

/** What becomes of what is pushed over a connection, as of what comes over HTTP. What fails is not acknowledged. */
export const createTake =
  (deps: TakeDeps): Take =>
  (envelope, acknowledge) =>
    taken(deps, envelope, acknowledge).catch((err) => deps.logger.warn({ err }, failed[envelope.type]))

const failed: Readonly<Record<Envelope['type'], string>> = {
  events_api: 'slack: an event was not acknowledged; Slack pushes it again',
  interactive: 'slack: an interaction failed',
  slash_commands: 'slack: a command failed',
}

async function taken({ receive, act, logger }: TakeDeps, envelope: Envelope, acknowledge: Acknowledge): Promise<void> {
  const { type, payload } = envelope
  switch (type) {
    case 'events_api':
      if (payload.type === 'app_rate_limited') logger.warn(rateLimited)
      else await receive(payload, envelope.retry_attempt)
      return acknowledge()
    case 'interactive':
    case 'slash_commands':
      return acted(act, payload, acknowledge)
  }
}

/** What no action answers is acknowledged when it is done. */
async function acted(act: ProcessAction, payload: Record<string, unknown>, acknowledge: Acknowledge): Promise<void> {
  let isAnswered = false
  await act(payload, async (answer) => {
    isAnswered = true
    await acknowledge(answer === '' ? undefined : answer)
  })
  if (!isAnswered) await acknowledge()
}
