import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { useLoad } from '../../frame/load.ts'
import { Blank, List } from '../../parts/list.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import type { WebhookCalls } from '../calls.ts'
import { Tabs } from '../tabs.tsx'
import { EventDetails } from './details.tsx'
import { byGroup, type EventType } from './event-type.ts'

/** Everything that an endpoint can be told, each type at an address of its own. */
export function CataloguePage({ calls }: { calls: WebhookCalls }) {
  const { query } = useLocation()
  const loaded = useLoad(calls.types, [])
  const [words, setWords] = useState('')
  return (
    <>
      <PageHead title="Webhooks" about="What an endpoint can be told, in the form in which it is sent." />
      <Tabs here="Events" />
      <List loaded={loaded} isEmpty={(types) => types.length === 0} empty={null}>
        {(types) => {
          const shown = types.find(({ type }) => type === query.type) ?? types[0]
          return (
            <div class="catalogue">
              <div>
                <SearchField label="Search events" value={words} onChange={setWords} />
                <TypeList types={types.filter((type) => matches(type, words))} here={shown} />
              </div>
              {shown && <EventDetails key={shown.type} shown={shown} />}
            </div>
          )
        }}
      </List>
    </>
  )
}

const matches = ({ type, description }: EventType, words: string) =>
  `${type} ${description}`.toLowerCase().includes(words.trim().toLowerCase())

function TypeList({ types, here }: { types: readonly EventType[]; here: EventType | undefined }) {
  if (types.length === 0) return <Blank title="Nothing fits" text="No event is called like that." />
  return (
    <nav aria-label="Events">
      {byGroup(types).map(([group, ofGroup]) => (
        <ul key={group} aria-label={group}>
          {ofGroup.map(({ type }) => (
            <li key={type}>
              <a href={`/console/webhooks/events?type=${type}`} aria-current={type === here?.type ? 'true' : undefined}>
                {type}
              </a>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  )
}
