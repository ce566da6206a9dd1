import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import type { ChatListName } from '../../../../src/contract/lists.ts'
import { useFrame } from '../../frame/frame.ts'
import { SearchField } from '../../parts/search-field.tsx'
import { addressOfChat } from '../address.ts'
import { viewOf } from '../desk/rows.ts'
import { useDesk } from '../desk/use-desk.tsx'
import { NotifyBar } from '../notify/notify-bar.tsx'
import { Found } from '../search/found.tsx'
import { useNow } from '../use-now.ts'
import { EmptyList } from './empty-list.tsx'
import { ListTabs } from './list-tabs.tsx'
import { Row } from './row.tsx'
import { Windowed } from './windowed.tsx'

/** As in chats.css. px */
const rowHeight = 82
const clockMs = 10_000

interface ListPaneProps {
  list: ChatListName
  /** The chat that is open. */
  openId: string | undefined
  /** Told how to go up and down in the list. */
  onMoves(moves: ListMoves): void
}

export interface ListMoves {
  move(by: 1 | -1): void
  open(): void
}

export function ListPane({ list, openId, onMoves }: ListPaneProps) {
  const { me } = useFrame()
  const { rows, lists, desk, connection } = useDesk()
  const { route } = useLocation()
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const now = useNow(clockMs)
  const view = useMemo(() => viewOf(rows, list, me.id), [rows, list, me.id])

  useEffect(() => {
    if (connection === 'online' && lists[list].cursor === undefined) void desk.more(list).catch(() => {})
  }, [list, connection])
  useLayoutEffect(() => {
    const row = chosen === null ? null : document.querySelector<HTMLElement>(`[data-row="${chosen}"]`)
    row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  const move = (by: 1 | -1) => {
    const from = view.findIndex(({ session }) => session.sessionId === (chosen ?? openId))
    const next = view[from === -1 ? 0 : from + by]
    if (next) setChosen(next.session.sessionId)
  }
  onMoves({ move, open: () => chosen !== null && route(addressOfChat(list, chosen)) })

  return (
    <section
      class="chat-list"
      aria-label="Chats"
      onKeyDown={({ key, target }) => {
        if (target instanceof HTMLInputElement) return
        if (key === 'ArrowDown') move(1)
        if (key === 'ArrowUp') move(-1)
      }}
    >
      <header class="list-head">
        <SearchField label="Search all chats" value={words} onChange={setWords} />
        <ListTabs list={list} />
      </header>
      <NotifyBar />
      {words.trim() !== '' ? (
        <Found words={words.trim()} list={list} openId={openId} />
      ) : view.length === 0 ? (
        <EmptyList list={list} isRead={lists[list].cursor !== undefined} />
      ) : (
        <Windowed
          items={view}
          rowHeight={rowHeight}
          keyOf={({ session }) => session.sessionId}
          kept={chosen}
          label={list}
          onEnd={() => void desk.more(list).catch(() => {})}
        >
          {(row) => <Row {...{ row, list, now }} me={me.id} isOpen={row.session.sessionId === openId} />}
        </Windowed>
      )}
    </section>
  )
}
