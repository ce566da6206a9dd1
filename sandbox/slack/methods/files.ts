import { z } from 'zod'
import { documented } from '../../fixtures/load.ts'
import { type Files, keepFile, type Uploads } from '../files.ts'
import { dropFile, typeOf } from '../uploads.ts'
import { type MethodDeps, type Methods, refuse, text, tier } from './method.ts'

const Completed = z.object({
  files: z.array(z.object({ id: text, title: text.optional() })).length(1),
  channel_id: text,
  thread_ts: text.optional(),
  initial_comment: text.default(''),
})

interface FileDeps extends MethodDeps {
  files: Files
  uploads: Uploads
}

/** `files.…` */
export const fileMethods = ({ files, uploads, team, workspace, channelOf, posted }: FileDeps): Methods => {
  const { bot } = team
  const mayWrite = () => team.scopes.includes('files:write') || refuse('missing_scope')
  return {
    'files.info': {
      window: tier(100),
      run(args) {
        const { file } = z.object({ file: text }).parse(args)
        return documented('slack/files.info', { file: files.get(file)?.body ?? refuse('file_not_found') })
      },
    },

    'files.getUploadURLExternal': {
      window: tier(100),
      run(args, origin) {
        mayWrite()
        const { filename: name, length } = z.object({ filename: text.min(1), length: z.coerce.number() }).parse(args)
        if (length === 0) refuse('missing_argument')
        const id = `F${String(files.size + uploads.size + 1).padStart(8, '0')}UP`
        uploads.set(id, { name, bytes: null })
        return documented('slack/files.getUploadURLExternal', {
          upload_url: `${origin}/upload/v1/${id}`,
          file_id: id,
        })
      },
    },

    'files.completeUploadExternal': {
      window: tier(100),
      run(args, origin) {
        mayWrite()
        const { files: completed, channel_id: channel, thread_ts: threadTs, initial_comment } = Completed.parse(args)
        channelOf(channel)
        if (threadTs && !workspace.find(channel, threadTs)) refuse('thread_not_found')
        const [{ id, title } = refuse('invalid_arguments')] = completed
        const { name, bytes } = uploads.get(id) ?? refuse('file_not_found')
        if (!bytes) return refuse('file_not_found')
        // Once for an upload.
        uploads.set(id, { name, bytes: null })
        const file = keepFile(files, { id, name, type: typeOf(name), content: bytes.toString('base64') }, origin)
        const message = workspace.post({
          ...{ channel, threadTs: threadTs ?? null, text: initial_comment, user: bot.user, botId: bot.id },
          ...{ username: null, metadata: null, files: [file] },
        })
        shareOf(file, message)
        posted(message)
        return documented('slack/files.completeUploadExternal', { files: [{ id, title: title ?? name }] })
      },
    },

    'files.delete': {
      window: tier(50),
      run(args) {
        mayWrite()
        const { file } = z.object({ file: text }).parse(args)
        if (!dropFile(files, file)) refuse('file_not_found')
        return documented('slack/files.delete', {})
      },
    },
  }
}

/** Where a file is shown, as files.info tells it. */
function shareOf(file: Record<string, unknown>, { channel, ts, threadTs }: Shown): void {
  file.shares = { public: { [channel]: [{ ts, ...(threadTs && { thread_ts: threadTs }) }] } }
}

interface Shown {
  channel: string
  ts: string
  threadTs: string | null
}
