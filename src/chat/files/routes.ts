import { type Context, Hono } from 'hono'
import type { Identity } from '../../access/tokens.ts'
import type { KeyIdentity, Who } from '../../access/who.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { FileRef } from '../../contract/event.ts'
import { FileLinkQuery, UploadedFile, UploadForm } from '../../contract/file.ts'
import { FileId } from '../../contract/ids.ts'
import { parseInput } from '../../contract/parse.ts'
import { clientIp, type TrustedProxies } from '../../platform/http/client-ip.ts'
import { describe } from '../../platform/http/describe.ts'
import type { RateLimit } from '../../platform/rate-limit.ts'
import type { Blocks } from '../abuse/blocks.ts'
import { mayEnter } from '../abuse/may-enter.ts'
import type { ChatDeps } from '../chat.ts'
import { participantIn } from '../messages/message-key.ts'
import { mayOpen, readsAs } from '../realtime/identity.ts'
import { mayReadByKey } from '../sessions/may-read.ts'
import { openSession } from '../sessions/open-session.ts'
import type { Face, Links, LinkTo } from './links.ts'
import { fileFor, openFile } from './open-file.ts'
import { refOf } from './records.ts'
import { type UploadDeps, uploadFile } from './upload-file.ts'

const tag = 'files'

const fileOf = (id: string): FileId => {
  const parsed = FileId.safeParse(id)
  if (!parsed.success) throw new DeskbridgeError('not_found')
  return parsed.data
}

export interface FileRoutesDeps extends UploadDeps, Pick<ChatDeps, 'log'> {
  who: Who
  blocks: Blocks
  trustedProxies: TrustedProxies
  links: Links
  linkTo: LinkTo
  uploadRate: RateLimit
}

const shown = ({ id, ...file }: FileRef, linkTo: LinkTo): UploadedFile => ({
  fileId: id,
  ...file,
  ...linkTo({ id, type: file.type }),
})

/** `/api/chat`: upload, and fresh links. */
export function uploadRoutes(deps: FileRoutesDeps): Hono {
  const routes = new Hono()

  routes.post(
    '/upload',
    describe({
      tag,
      summary: 'Takes in a file, which its uploader can then send with a message of the same chat, once.',
      description:
        'The part `file`, `sessionId` unless with a visitor’s token, and `name` where the part’s own is not to be taken. What it is is decided by its content; pictures are drawn anew, without their metadata.',
      scope: 'messages:write',
      body: UploadForm,
      bodyType: 'multipart/form-data',
      answers: { 201: UploadedFile },
      errors: [
        'not_found',
        'blocked',
        'file_too_large',
        'file_type_not_allowed',
        'file_refused',
        'rate_limited',
        'unavailable',
      ],
    }),
    async (c) => {
      const identity = await deps.who.identityOrKey(c, 'messages:write')
      await mayEnter(deps, identity, clientIp(c, deps.trustedProxies))
      await deps.uploadRate.take(identity.id)
      const file = await uploadFile(deps, c.req.raw, (fields) => ownerOf(deps, identity, fields))
      return c.json(shown(file, deps.linkTo), 201)
    },
  )

  routes.get(
    '/sessions/:id/files/:file',
    describe({
      tag,
      summary: 'Fresh links to a file of a chat.',
      scope: 'chats:read',
      answers: { 200: UploadedFile },
      errors: ['not_found'],
    }),
    async (c) => {
      const { session, identity } = await mayReadByKey(deps, c, 'chats:read')
      const record = await fileFor(deps, session, fileOf(c.req.param('file')), readsAs(identity))
      return c.json(shown(refOf(record), deps.linkTo))
    },
  )

  return routes
}

/** The chat that the token opens, or the one that an agent or a key names. */
async function ownerOf(
  deps: FileRoutesDeps,
  identity: Identity | KeyIdentity,
  { sessionId }: Readonly<Record<string, string>>,
) {
  const named = identity.kind === 'visitor' ? (sessionId ?? identity.session) : sessionId
  const session = parseInput(UploadForm.shape.sessionId.unwrap(), named)
  mayOpen(identity, await openSession(deps, session))
  return { session, by: participantIn(identity) }
}

/** `/files`: what the links open. The signature stands in for a token. */
export function linkRoutes(deps: FileRoutesDeps): Hono {
  const routes = new Hono()
  const open = async (c: Context, face: Face) => {
    const file = fileOf(c.req.param('file') ?? '')
    const link = FileLinkQuery.safeParse(c.req.query())
    if (!link.success) throw new DeskbridgeError('not_found')
    deps.links.check(file, face, link.data)
    const seconds = link.data.exp - Math.ceil(deps.now() / 1_000)
    const { bytes, headers } = await openFile(deps, file, face, seconds)
    return new Response(c.req.method === 'HEAD' ? null : await bytes(), { headers })
  }

  routes.get(
    '/:file',
    describe({
      tag,
      summary: 'The file that a signed link opens.',
      open: true,
      query: FileLinkQuery,
      answers: { 200: 'The bytes: pictures to be shown, everything else to be saved.' },
      errors: ['not_found', 'link_expired', 'unavailable'],
    }),
    (c) => open(c, 'whole'),
  )

  routes.get(
    '/:file/thumbnail',
    describe({
      tag,
      summary: 'A small picture of the picture that a signed link opens.',
      open: true,
      query: FileLinkQuery,
      answers: { 200: 'A WebP picture.' },
      errors: ['not_found', 'link_expired', 'unavailable'],
    }),
    (c) => open(c, 'thumbnail'),
  )

  return routes
}
