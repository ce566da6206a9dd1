import { useState } from 'preact/hooks'
import type { ConnectorChat, ConnectorChatQuery, ConnectorHealth } from '../../../src/contract/connector-health.ts'
import { useFrame } from '../frame/frame.ts'
import { useLive } from '../frame/live.ts'
import { Filter } from '../parts/filter.tsx'
import { Blank, List } from '../parts/list.tsx'
import { Table } from '../parts/table.tsx'
import { useAct } from './act.ts'
import type { ConnectorCalls } from './calls.ts'
import { chatColumns } from './chat-columns.tsx'
import { titleOf } from './words.ts'

type ChatState = ConnectorChatQuery['state']

const states: readonly (readonly [ChatState, string])[] = [
  ['behind', 'Waiting'],
  ['stopped', 'Needs a look'],
]
const nothing: Record<ChatState, readonly [title: string, text: string]> = {
  behind: ['Nothing waits', 'All that was written has been brought there.'],
  stopped: ['Nothing needs a look', 'No chat is tried in vain, and every message was taken.'],
}

const pageSize = 25
const most = 200
const everyMs = 4_000

/** Which chats are held up, why, and when they are tried again. */
export function ConnectorChats({
  connectors,
  calls,
}: {
  connectors: readonly ConnectorHealth[]
  calls: ConnectorCalls
}) {
  const [name, setName] = useState('')
  const [state, setState] = useState<ChatState>('behind')
  const chosen = connectors.find((one) => one.name === name) ?? connectors[0]
  if (!chosen) return null
  return (
    <section aria-labelledby="connector-chats" class="held-up-chats">
      <header class="filters">
        <h2 id="connector-chats">Chats</h2>
        <Filter
          label="State"
          all={null}
          value={state}
          choices={states}
          onChange={(value) => setState(states.find(([one]) => one === value)?.[0] ?? 'behind')}
        />
        <Filter
          label="Connector"
          all={null}
          value={chosen.name}
          choices={connectors.map((one) => [one.name, titleOf(one.name)])}
          onChange={setName}
        />
      </header>
      <Chats key={`${chosen.name} ${state}`} connector={chosen} state={state} calls={calls} />
    </section>
  )
}

interface ChatsProps {
  connector: ConnectorHealth
  state: ChatState
  calls: ConnectorCalls
}

function Chats({ connector, state, calls }: ChatsProps) {
  const { tell } = useFrame()
  const [limit, setLimit] = useState(pageSize)
  const loaded = useLive(() => calls.chats(connector.name, { state, limit }), [limit], everyMs)
  const act = useAct()
  const retry = ({ sessionId }: ConnectorChat) =>
    act(
      () => calls.retryChat(connector.name, sessionId),
      () => {
        tell('The chat is tried now.')
        loaded.again()
      },
    )
  const [title, text] = nothing[state]
  const onRetry = connector.state.kind === 'paused' ? null : retry
  return (
    <List loaded={loaded} isEmpty={({ chats }) => chats.length === 0} empty={<Blank title={title} text={text} />}>
      {({ chats, cursor }) => (
        <>
          <Table label="Chats" rows={chats} columns={chatColumns(onRetry)} keyOf={({ sessionId }) => sessionId} />
          {cursor && limit < most && (
            <button type="button" class="act more" onClick={() => setLimit(most)}>
              Show more
            </button>
          )}
          {cursor && limit === most && <p class="muted">These are the {most} that have waited longest.</p>}
        </>
      )}
    </List>
  )
}
