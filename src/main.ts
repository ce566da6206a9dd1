import { systemClock } from './platform/clock.ts'
import { ConfigError, loadConfig } from './platform/config.ts'
import { createLogger } from './platform/log-output.ts'
import { startService } from './service.ts'

try {
  const config = loadConfig(process.env)
  const logger = createLogger(config.logLevel)
  const starting = startService(config, { now: systemClock, logger })
  const stop = async (signal: string) => {
    logger.info({ signal }, 'stopping')
    await (await starting).stop()
    process.exit(0)
  }
  // Before it has started: it serves a moment earlier, and what it took is not to be cut off.
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  const { port } = await starting
  logger.info({ port, role: config.role, slack: Boolean(config.slack), zendesk: Boolean(config.zendesk) }, 'started')
} catch (error) {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (isTaken) console.error(`The port is taken. Set PORT to a free one, or end what listens on it. (${String(error)})`)
  else console.error(error instanceof ConfigError ? error.message : error)
  process.exit(1)
}
