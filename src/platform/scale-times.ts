import type { Config, Pace, Times } from './settings.ts'

/** Every time and every budget's window, multiplied by `timeFactor`: how tests make hours pass. */
export function scaleTimes(config: Config): Config {
  const by = config.timeFactor
  const pace = (budget: Pace): Pace => ({ ...budget, windowMs: budget.windowMs * by })
  const { slack, zendesk, mail } = config
  return {
    ...config,
    times: scaled(config.times, by),
    limits: {
      ...config.limits,
      sessionTimeout: config.limits.sessionTimeout * by,
      sessionTimeoutWarning: config.limits.sessionTimeoutWarning * by,
      reopenWithin: config.limits.reopenWithin * by,
      agentAwayAfter: config.limits.agentAwayAfter * by,
      agentOfflineAfter: config.limits.agentOfflineAfter * by,
    },
    mail: {
      ...mail,
      afterGone: mail.afterGone * by,
      burst: mail.burst * by,
      burstMost: mail.burstMost * by,
      retryFirst: mail.retryFirst * by,
      retryMost: mail.retryMost * by,
      giveUpAfter: mail.giveUpAfter * by,
    },
    ...(slack && { slack: { ...slack, posts: pace(slack.posts), reads: pace(slack.reads) } }),
    ...(zendesk && {
      zendesk: {
        ...zendesk,
        requests: pace(zendesk.requests),
        updates: pace(zendesk.updates),
        ticketUpdates: pace(zendesk.ticketUpdates),
      },
    }),
  }
}

/** How far back is looked is not shortened, or a slow machine would fall out of it. */
function scaled(times: Times, by: number): Times {
  const { sweepRecent, lookAgain, ...plain } = times
  const shorter = Object.fromEntries(Object.entries(plain).map(([name, ms]) => [name, ms * by]))
  return {
    ...times,
    ...shorter,
    sweepRecent: sweepRecent.map(({ every, window }) => ({ every: every * by, window })),
    lookAgain: lookAgain.map(({ every, quietFor }) => ({ every: every * by, quietFor })),
  }
}
