import type { Redis } from 'ioredis'
import { z } from 'zod'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Inbox } from '../../contract/inbox.ts'
import type { Logger } from '../../platform/log-output.ts'
import { createRateLimit, type RateLimit } from '../../platform/rate-limit.ts'
import type { ChallengeConfig } from '../../platform/settings.ts'

/** Whether a person starts this chat, asked of Turnstile, hCaptcha, reCAPTCHA or whatever speaks their `siteverify`. */
export interface Challenge {
  /** Throws `challenge_required` with what shows it in its details. */
  check(inbox: Inbox, answer: string | undefined, ip: string | undefined): Promise<void>
}

const minute = 60_000
/** An inbox that was flooded asks for the challenge for so long, or each minute would begin with another flood. ms */
const holdMs = 600_000

/** New chats of an inbox, counted over all nodes, by how many a minute are too many. */
export function createFlood(deps: { redis: Redis; prefix: string }): (above: number) => RateLimit {
  const known = new Map<number, RateLimit>()
  return (limit) => {
    const rate =
      known.get(limit) ?? createRateLimit({ ...deps, name: `flood${limit}`, limit, windowMs: minute, holdMs })
    known.set(limit, rate)
    return rate
  }
}

const Verdict = z.object({ success: z.boolean() })

export function createChallenge(deps: {
  config: ChallengeConfig
  flood(above: number): RateLimit
  logger: Logger
}): Challenge {
  const { config, flood, logger } = deps
  if (config.kind === 'none') return { check: async () => {} }
  const { siteKey, scriptUrl } = config

  const isAsked = async ({ key, challenge }: Inbox): Promise<boolean> => {
    switch (challenge.when) {
      case 'never':
        return false
      case 'always':
        return true
      case 'flood':
        return flood(challenge.floodAbove)
          .take(key)
          .then(
            () => false,
            (error: unknown) => {
              if (error instanceof DeskbridgeError && error.code === 'rate_limited') return true
              throw error
            },
          )
    }
  }

  return {
    async check(inbox, answer, ip) {
      if (!(await isAsked(inbox))) return
      const solved = answer !== undefined && (await verified(config, answer, ip, logger))
      if (!solved) throw new DeskbridgeError('challenge_required', { details: { siteKey, scriptUrl } })
    },
  }
}

type Asked = Extract<ChallengeConfig, { kind: 'http' }>

/** A verifier that cannot be asked decides nothing: the configuration says what follows from that. */
async function verified(config: Asked, answer: string, ip: string | undefined, logger: Logger): Promise<boolean> {
  try {
    const form = new URLSearchParams({ secret: config.secret, response: answer, ...(ip && { remoteip: ip }) })
    const reply = await fetch(config.verifyUrl, {
      method: 'POST',
      body: form,
      redirect: 'error',
      signal: AbortSignal.timeout(config.timeout),
    })
    if (!reply.ok) throw new Error(`the verifier answers ${reply.status}`)
    return Verdict.parse(await reply.json()).success
  } catch (error) {
    logger.warn({ err: error, whenDown: config.whenDown }, 'challenge not verified')
    return config.whenDown === 'open'
  }
}
