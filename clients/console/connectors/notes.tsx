import { Icon } from '../frame/icon.tsx'
import { useConnectors } from './standing.tsx'
import { badges, heldUp, saidOf, titleOf } from './words.ts'

/** In the navigation: that something is held up, in few words. */
export function ConnectorNotes() {
  const { data } = useConnectors()
  return (
    <div class="side-notes" role="status">
      {heldUp(data ?? []).map(({ name, state: { kind } }) => (
        <a key={name} class={`side-note ${badges[kind][0]}`} href="/console/connectors" data-test={`note-${name}`}>
          <Icon name="warn" />
          {titleOf(name)} is {badges[kind][1].toLowerCase()}
        </a>
      ))}
    </div>
  )
}

/** On the overview: the same, with why and what to do. */
export function ConnectorBanner() {
  const { data } = useConnectors()
  return (
    <>
      {heldUp(data ?? []).map((connector) => {
        const said = saidOf(connector, Date.now())
        const [tone] = badges[connector.state.kind]
        return (
          <div key={connector.name} class={`notice held-up ${tone}`} data-test={`banner-${connector.name}`}>
            <Icon name="warn" />
            <p>
              {said?.what} <span class="next">{said?.next}</span>
            </p>
            <a class="act" href="/console/connectors">
              Look
            </a>
          </div>
        )
      })}
    </>
  )
}
