import type { SignInSession } from '../../../src/contract/sign-in.ts'
import { useFrame } from '../frame/frame.ts'
import { useLoad } from '../frame/load.ts'
import { asProblem } from '../frame/problem.ts'
import { Ago } from '../parts/ago.tsx'
import { Badge } from '../parts/badge.tsx'
import { List } from '../parts/list.tsx'
import { browserOf } from './browser-of.ts'

export function Sessions() {
  const { account, tell } = useFrame()
  const loaded = useLoad(account.sessions, [])
  const end = (session: SignInSession) =>
    account.endSession(session.id).then(
      () => {
        tell('That browser is signed out.')
        loaded.again()
      },
      (error: unknown) => tell(asProblem(error).message, 'problem'),
    )
  return (
    <section class="card" aria-labelledby="sessions">
      <header>
        <h2 id="sessions">Where you are signed in</h2>
        <p>End what you do not know, then change your password.</p>
      </header>
      <List loaded={loaded} isEmpty={() => false} empty={null}>
        {(sessions) => (
          <ul class="small-list">
            {sessions.map((session) => (
              <li key={session.id} data-test="session">
                <span>
                  {browserOf(session.userAgent)} <span class="muted">{session.ip}</span>
                </span>
                <Ago at={session.createdAt} />
                <span class="space" />
                {session.current ? (
                  <Badge tone="good">This one</Badge>
                ) : (
                  <button type="button" class="act" onClick={() => void end(session)}>
                    Sign out
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </List>
    </section>
  )
}
