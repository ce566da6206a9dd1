import type { Connection } from 'mongoose'
import type { Who } from '../../access/who.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { RateLimit } from '../../platform/rate-limit.ts'
import type { Config } from '../../platform/settings.ts'
import type { Blocks } from '../abuse/blocks.ts'
import type { ChatDeps } from '../chat.ts'
import type { MessageStore } from '../messages/message-store.ts'
import type { ChatPart } from '../part.ts'
import { claimFile, giveUpFile, keepFile } from './claim-file.ts'
import type { Files } from './files.ts'
import { linksOf } from './links.ts'
import { bytesOf } from './open-file.ts'
import { ownFolder } from './records.ts'
import { lookAgain, removeFile, removeFilesOf } from './remove-files.ts'
import { linkRoutes, uploadRoutes } from './routes.ts'
import { createScan } from './scan.ts'
import type { FileStore } from './store.ts'
import { sweepFiles } from './sweep-files.ts'
import { createStoreSweep } from './sweep-store.ts'
import { createTurns } from './turns.ts'
import { takeInFile } from './upload-file.ts'

/** Pictures that are unpacked and drawn at once in one process: each takes its memory and a processor. */
const drawnAtOnce = 2

export interface FilesDeps extends Pick<ChatDeps, 'log' | 'ids' | 'now'> {
  connection: Connection
  store: FileStore
  config: Config
  messages: MessageStore
  uploadRate: RateLimit
  who: Who
  blocks: Blocks
  logger: Logger
}

export function createFiles(options: FilesDeps): Files & { part: ChatPart } {
  const { connection, config, ids, now } = options
  const { orphanAfter, scanner, linkLife } = config.files
  const links = linksOf(config, now)
  let own: Promise<string> | undefined
  const folder = () => (own ??= ownFolder(connection, ids.token()).catch((error: unknown) => forget(error)))
  const forget = (error: unknown): never => {
    own = undefined
    throw error
  }
  const { limits, trustedProxies } = config
  const deps = { ...options, limits, trustedProxies, links, linkTo: links.lasting(linkLife), orphanAfter, folder }
  const uploading = { ...deps, scan: createScan(scanner), inTurn: createTurns(drawnAtOnce) }
  const sweepStore = createStoreSweep(deps)

  return {
    linkTo: deps.linkTo,
    lastingLinkTo: links.lasting(config.files.deliveredLinkLife),
    takeIn: (sent, owner) => takeInFile(uploading, sent, owner),
    bytesOf: (id) => bytesOf(deps, id),
    claim: (id, claim, check) => claimFile(deps, id, claim, check),
    keep: (id, message) => keepFile(deps, id, message),
    giveUp: (id, claim) => giveUpFile(deps, id, claim),
    lookAgain: (id) => lookAgain(deps, id),
    remove: async (id) => void (await removeFile(deps, id)),
    removeOf: (session, until) => removeFilesOf(deps, session, until),
    part: {
      mount(app) {
        app.route('/api/chat', uploadRoutes(uploading))
        app.route('/files', linkRoutes(uploading))
      },
      sweeps: [
        { name: 'files', everyMs: config.times.sweepFiles, run: () => sweepFiles(deps) },
        { name: 'file-store', everyMs: config.times.sweepFiles, run: sweepStore },
      ],
    },
  }
}
