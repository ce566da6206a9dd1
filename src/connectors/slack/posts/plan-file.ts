import type { Remote } from '../../../bridge/port/call.ts'
import type { Seq } from '../../../contract/ids.ts'
import { commentText, type Entry, postText, type SentFile } from '../words/wording.ts'
import type { Share } from './body.ts'
import { piecesOf } from './pages.ts'
import type { Planned } from './planned.ts'

/** Larger ones are brought as links: a file is whole in memory while it goes up. */
const mostBytes = 20_000_000

type WithFile = Extract<Entry, { kind: 'message' }> & { file: SentFile }

/** Whether it goes as a file, if Slack takes it. */
export const bringsFile = (entry: Entry): entry is WithFile =>
  entry.kind === 'message' && entry.file !== undefined && entry.file.size <= mostBytes && piecesOf(entry).length === 1

/**
 * A file goes up unseen, by a call that covers nothing, and the link remembers under which id; then a call that names the
 * id shows it. So whoever comes after a crash knows by the thread whether it was shown. Null: it is brought as a link.
 */
export function planFile(about: Pick<Share, 'channel' | 'session' | 'thread_ts'>, entry: Entry, remote: Remote) {
  if (!bringsFile(entry)) return null
  const { seq, author, internal, file } = entry
  const upload = uploadIn(remote, seq)
  if (upload === '') return null
  const { id, name, caption } = file
  const { channel, session, thread_ts } = about
  const planned: Planned =
    upload === null
      ? { from: seq, to: seq - 1, body: { kind: 'upload', channel, session, thread_ts, file: { id, name } } }
      : {
          ...{ from: seq, to: seq },
          body: {
            ...{ kind: 'share', channel, session, thread_ts, author, file: upload, name },
            text: commentText(caption, internal),
            otherwise: postText([entry]),
          },
        }
  return planned
}

/** What became of the upload for an event: Slack's id of the file, or empty where it did not take it. */
export const withUpload = (remote: Remote, seq: Seq, file: string | null): Remote => ({
  ...remote,
  upload: `${seq}:${file ?? ''}`,
})

/** Null: nothing was uploaded for this event. */
function uploadIn({ upload = '' }: Remote, seq: Seq): string | null {
  const [of, file = ''] = upload.split(':')
  return of === String(seq) ? file : null
}

export function withoutUpload({ upload: _upload, ...remote }: Remote): Remote {
  return remote
}
