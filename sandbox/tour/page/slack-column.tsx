import { Fragment } from 'preact'
import { getJson, post, type SlackMessage, type Thread, useLive } from '../../live.ts'
import { Avatar, Empty, Reply } from '../../parts.tsx'

const people: Record<string, string> = {
  U0GRACE: 'Grace Hopper',
  U0ALAN: 'Alan Turing',
  U0KATHERINE: 'Katherine Johnson',
}

export function SlackColumn({
  url,
  channel,
  session,
}: {
  url: string | null
  channel: string
  session: string | null
}) {
  const thread = useLive(url, session, async (id) => {
    const threads = await getJson<Thread[]>(`${url}/sandbox/channels/${channel}`)
    return threads.find(({ root }) => root.metadata?.event_payload.session === id) ?? null
  })
  return (
    <>
      <div class="bar slack-bar">
        <h2># support</h2>
        <span class="badge">{url ? 'Slack, sandbox' : 'Slack, your own'}</span>
      </div>
      {!url && (
        <Empty title="Your own Slack is connected">Look into your channel: the chat arrives there as a thread.</Empty>
      )}
      {url && !thread && <Empty title="No thread yet">Each chat becomes a thread here, with its first message.</Empty>}
      {url && thread && (
        <>
          <div class="scroll" data-test="slack-thread" role="log" aria-label="Slack thread">
            <Message message={thread.root} />
            <p class="count">
              {thread.replies.length} {thread.replies.length === 1 ? 'reply' : 'replies'}
            </p>
            {thread.replies.map((reply) => (
              <Message key={reply.ts} message={reply} />
            ))}
          </div>
          <Reply
            label="Reply in the thread as Grace"
            button="Reply"
            test="slack-reply"
            onSend={(text) =>
              post(`${url}/sandbox/threads/${channel}/${thread.root.ts}/replies`, { user: 'U0GRACE', text })
            }
          />
        </>
      )}
    </>
  )
}

function Message({ message }: { message: SlackMessage }) {
  const name = message.botId ? (message.username ?? 'Deskbridge') : (people[message.user] ?? message.user)
  return (
    <article class="post" data-test="slack-message">
      <Avatar name={name} />
      <div>
        <p class="post-head">
          <strong>{name}</strong> {message.botId && <span class="app">APP</span>} <time>{timeOf(message.ts)}</time>
        </p>
        <p class="post-text">{mrkdwn(message.text, message.botId !== null && name === 'Deskbridge')}</p>
      </div>
    </article>
  )
}

const timeOf = (ts: string) =>
  new Date(Number(ts) * 1_000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })

const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Bold and italic of the app's own posts; everything stays text. */
function mrkdwn(text: string, isApp: boolean) {
  if (!isApp) return unescaped(text)
  return text.split(/(\*[^*\n]+\*|_[^_\n]+_)/).map((part, index) => {
    const inner = unescaped(part.slice(1, -1))
    if (/^\*.+\*$/.test(part)) return <strong key={index}>{inner}</strong>
    if (/^_.+_$/.test(part)) return <em key={index}>{inner}</em>
    return <Fragment key={index}>{unescaped(part)}</Fragment>
  })
}
