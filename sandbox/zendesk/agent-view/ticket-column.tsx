import { getJson, post, type Ticket, useLive } from '../../live.ts'
import { Avatar, Empty, Reply } from '../../parts.tsx'

export function TicketColumn({ url, session }: { url: string | null; session: string | null }) {
  const ticket = useLive(
    url,
    session,
    async (id) => (await getJson<Ticket[]>(`${url}/sandbox/tickets?external_id=${id}`)).at(-1) ?? null,
  )
  return (
    <>
      <div class="bar zendesk-bar">
        <h2>{ticket ? `Ticket ${ticket.id}` : 'Tickets'}</h2>
        {url && ticket && !location.pathname.startsWith('/agent/') && (
          <a class="badge" href={`${url}/agent/tickets/${ticket.id}`} target="_blank" rel="noopener">
            With the app beside it
          </a>
        )}
        <span class="badge">{url ? 'Zendesk, sandbox' : 'Zendesk, your own'}</span>
      </div>
      {!url && (
        <Empty title="Your own Zendesk is connected">Look into your views: the chat arrives there as a ticket.</Empty>
      )}
      {url && !ticket && <Empty title="No ticket yet">Each chat becomes a ticket here, with its first message.</Empty>}
      {url && ticket && (
        <>
          <Facts ticket={ticket} />
          <div class="scroll" data-test="ticket" role="log" aria-label="Ticket conversation">
            {ticket.comments.map((comment) => (
              <article
                key={comment.id}
                class={comment.public ? 'comment' : 'comment private'}
                data-test="ticket-comment"
              >
                <Avatar name={comment.author.name} />
                <div>
                  <p class="post-head">
                    <strong>{comment.author.name}</strong>{' '}
                    <span class="app">{comment.public ? 'PUBLIC' : 'INTERNAL'}</span>{' '}
                    <time>
                      {new Date(comment.created_at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}
                    </time>
                  </p>
                  <p class="post-text">{comment.body}</p>
                  {comment.files.map(({ id, file_name }) => (
                    <a
                      key={id}
                      class="attached"
                      data-test="ticket-file"
                      href={`${url}/content/${id}`}
                      target="_blank"
                      rel="noopener"
                    >
                      {file_name}
                    </a>
                  ))}
                </div>
              </article>
            ))}
          </div>
          <Reply
            label="Public reply as Margaret"
            button="Submit"
            test="ticket-reply"
            onSend={(body) =>
              post(`${url}/sandbox/tickets/${ticket.id}/comments`, { author: 1002, body, public: true })
            }
          />
        </>
      )}
    </>
  )
}

function Facts({ ticket }: { ticket: Ticket }) {
  return (
    <dl class="facts">
      <div>
        <dt>Subject</dt>
        <dd>{ticket.subject}</dd>
      </div>
      <div>
        <dt>Status</dt>
        <dd>
          <span class={`status ${ticket.status}`}>{ticket.status}</span>
        </dd>
      </div>
      <div>
        <dt>Requester</dt>
        <dd>{ticket.requester.name}</dd>
      </div>
      <div>
        <dt>Tags</dt>
        <dd>
          {ticket.tags.map((tag) => (
            <span key={tag} class="tag">
              {tag}
            </span>
          ))}
        </dd>
      </div>
      {Object.entries(ticket.fields).map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd class="id">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
