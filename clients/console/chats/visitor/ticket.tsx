import { useState } from 'preact/hooks'
import type { SessionInfo } from '../../../../src/contract/chat.ts'
import { useFrame } from '../../frame/frame.ts'
import { asProblem } from '../../frame/problem.ts'
import { useDesk } from '../desk/use-desk.tsx'

/** The ticket that the chat stands in; where there is none, one can be had. */
export function Ticket({ info: { sessionId, ticket } }: { info: SessionInfo }) {
  const { tell } = useFrame()
  const { calls } = useDesk()
  const [asked, setAsked] = useState<string | null>(null)
  const request = () =>
    calls.requestTicket(sessionId).then(
      () => setAsked(sessionId),
      (error: unknown) => tell(asProblem(error).message, 'problem'),
    )
  return (
    <section class="about-part">
      <h3>Ticket</h3>
      {ticket ? (
        <a href={ticket.url} target="_blank" rel="noopener noreferrer" data-test="ticket">
          #{ticket.id}
        </a>
      ) : asked === sessionId ? (
        <p class="muted" role="status">
          It is being made…
        </p>
      ) : (
        <button type="button" class="act" data-test="request-ticket" onClick={() => void request()}>
          Make a ticket
        </button>
      )}
    </section>
  )
}
