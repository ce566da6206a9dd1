import type { Connection } from 'mongoose'
import type { Standing } from '../../access/standing.ts'
import type { Who } from '../../access/who.ts'
import { systemWait } from '../../platform/clock.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { Config } from '../../platform/settings.ts'
import type { Agents } from '../agents/agents.ts'
import { createScan } from '../files/scan.ts'
import { createTurns } from '../files/turns.ts'
import type { ChatPart } from '../part.ts'
import { agentPictureRoutes } from './agent-routes.ts'
import { keepPicture } from './keep-picture.ts'
import { pictureAtOf } from './picture-at.ts'
import type { Pictures } from './pictures.ts'
import { pictureRoutes } from './routes.ts'
import { createTakeInPictures } from './take-in-pictures.ts'

export function createPictures(options: {
  connection: Connection
  config: Pick<Config, 'publicUrl' | 'files'>
  agents: Agents
  who: Who
  standing: Standing
  now(): number
  logger: Logger
}): Pictures & { part: ChatPart } {
  const { connection, config } = options
  const keeping = { connection, scan: createScan(config.files.scanner), inTurn: createTurns(1) }
  const keep = (bytes: Uint8Array) => keepPicture(keeping, bytes)
  const at = pictureAtOf(config)
  return {
    at,
    takeIn: createTakeInPictures({ ...options, keep, wait: systemWait }),
    part: {
      mount(app) {
        app.route('/api/chat/pictures', pictureRoutes(options))
        app.route('/api/admin/agents', agentPictureRoutes({ ...options, keep, at }))
      },
    },
  }
}
