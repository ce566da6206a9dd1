import { type ComponentChildren, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ShownInbox } from '../../../../src/contract/inbox.ts'
import { render } from '../../../../src/contract/template.ts'
import type { Facts } from '../../../core/client.ts'
import { useSay } from '../texts.ts'

interface Greeted {
  /** Null: it has not said what it is. */
  inbox: ShownInbox | null
  facts: Facts
}

const Who = createContext<Greeted>({ inbox: null, facts: {} })
export const GreetedBy = Who.Provider

/** What is said before anybody has said anything. */
export function Hello() {
  const say = useSay()
  const { inbox, facts } = useContext(Who)
  return (
    <Welcome logo={inbox?.look.logoUrl ?? null}>
      {inbox?.greeting ? (
        <p class="said">{greetingTo(inbox, inbox.greeting, facts)}</p>
      ) : (
        <>
          <h2>{say('helloTitle')}</h2>
          <p>{say('helloText')}</p>
        </>
      )}
    </Welcome>
  )
}

export const Welcome = ({ logo, children }: { logo: string | null; children: ComponentChildren }) => (
  <div class="welcome">
    {logo && <img class="logo" src={logo} alt="" width="48" height="48" />}
    {children}
  </div>
)

/** As the server says it first in the chat. */
const greetingTo = ({ key, name }: ShownInbox, greeting: string, facts: Facts): string =>
  render(greeting, {
    variables: {
      ...{ 'visitor.name': facts.name, 'visitor.email': facts.email, 'visitor.phone': facts.phone },
      ...{ 'inbox.key': key, 'inbox.name': name },
    },
    attributes: facts.attributes ?? {},
  })
