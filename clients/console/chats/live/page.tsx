import { useEffect, useMemo } from 'preact/hooks'
import { useFrame } from '../../frame/frame.ts'
import { Waiting } from '../../parts/list.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { viewOf } from '../desk/rows.ts'
import { useDesk } from '../desk/use-desk.tsx'
import { Row } from '../list/row.tsx'
import { useNow } from '../use-now.ts'
import { AgentsNow } from './agents-now.tsx'
import { Figures } from './figures.tsx'
import { byAgent, figuresOf } from './figures-of.ts'

const clockMs = 5_000
/** Of those who wait; the rest stands in the queue. */
const mostShown = 25

/** How it stands now: who waits, who is late, and who has what. A chat opens to be read along. */
export function LivePage() {
  const { me } = useFrame()
  const { rows, team, lists, desk } = useDesk()
  const now = useNow(clockMs)
  const open = useMemo(() => viewOf(rows, 'all', me.id), [rows, me.id])
  const waiting = useMemo(() => viewOf(rows, 'queue', me.id), [rows, me.id])
  // Load that lowers itself, such as a chat that was closed, rings nobody of the team.
  useEffect(() => {
    void desk.readTeam().catch(() => {})
  }, [open.length])

  return (
    <>
      <PageHead title="Live" about="Who waits, who is late, and who has what." />
      {lists.all.cursor === undefined ? (
        <Waiting />
      ) : (
        <Figures figures={figuresOf(open, team, now)} isPart={lists.all.cursor !== null} />
      )}
      <section aria-labelledby="waiting">
        <h2 class="live-head" id="waiting">
          Waiting
        </h2>
        {waiting.length === 0 ? (
          <p class="muted">Nobody waits.</p>
        ) : (
          <ul class="live-chats" data-test="live-waiting">
            {waiting.slice(0, mostShown).map((row) => (
              <li key={row.session.sessionId}>
                <Row {...{ row, now }} list="queue" me={me.id} isOpen={false} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="team">
        <h2 class="live-head" id="team">
          The team
        </h2>
        <AgentsNow agents={byAgent(open, team)} now={now} />
      </section>
    </>
  )
}
