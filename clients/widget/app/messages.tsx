import { useState } from 'preact/hooks'
import type { ChatClient, ChatState } from '../../core/client.ts'
import { entriesOf } from '../../core/outbox/entries.ts'
import { cutFrom, startBefore, startOf } from './conversation/cut.ts'
import { useKept } from './conversation/kept.ts'
import { dayName, dayOf } from './conversation/moments.ts'
import { OnItsWay } from './conversation/on-its-way.tsx'
import { type Row, rowsOf } from './conversation/rows.ts'
import { useScroll } from './conversation/scroll.ts'
import { Stored } from './conversation/stored.tsx'
import { Icon } from './parts/icon.tsx'
import { Hello } from './start/hello.tsx'
import { useSay } from './texts.ts'

interface MessagesProps {
  state: ChatState
  client: ChatClient
}

/** What is stored, in the log's order, and after it what is on its way: of a long chat its end, and as far back as one goes. */
export function Messages({ state, client }: MessagesProps) {
  const say = useSay()
  const entries = entriesOf(state)
  const [from, setFrom] = useState<string>()
  const start = startOf(entries, from)
  const rows = rowsOf(entries.slice(start), dayOf)
  const shown = useKept((row) => <ShownRow key={row.id} row={row} client={client} />)
  const last = entries.at(-1)
  const older = () => (start > 0 ? setFrom(startBefore(entries, start)) : void client.older())
  const scroll = useScroll({
    first: rows[1]?.id,
    last: rows.at(-1)?.id,
    isOwn: last?.kind !== 'stored' || last.message.senderType === 'visitor',
    older,
    atEnd: () => setFrom(cutFrom(entries, start) ?? from),
  })
  return (
    <div class="around">
      <section
        ref={scroll.box}
        class="messages"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard as well
        tabIndex={0}
        aria-label={say('messages')}
        onScroll={scroll.scrolled}
      >
        <div ref={scroll.list}>
          {(start > 0 || state.conversation.hasOlder) && (
            <button type="button" class="older" onClick={older}>
              {say('olderMessages')}
            </button>
          )}
          {rows.length === 0 && <Hello />}
          {rows.map(shown)}
          {state.typing !== null && <Typing name={state.typing} />}
        </div>
      </section>
      {scroll.hasNews && (
        <button type="button" class="news" data-test="widget-news" onClick={scroll.toEnd}>
          <Icon name="down" /> {say('newMessages')}
        </button>
      )}
    </div>
  )
}

function ShownRow({ row, client }: { row: Row; client: ChatClient }) {
  const say = useSay()
  if (row.kind === 'day') return <h2 class="day">{dayName(row.at, say)}</h2>
  const { entry } = row
  if (entry.kind !== 'stored') return <OnItsWay entry={entry} tellsWhen={row.tellsWhen} client={client} />
  return <Stored row={row} message={entry.message} state={entry.state} client={client} />
}

function Typing({ name }: { name: string }) {
  const say = useSay()
  return (
    <p class="typing" data-test="widget-typing">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {say('typing', { name: name || say('somebody') })}
    </p>
  )
}
