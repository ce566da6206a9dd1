import { useEffect, useRef } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso/router'
import { Icon } from '../frame/icon.tsx'
import { usePageKeys } from '../frame/page-keys.ts'
import { addressOfCard, addressOfChat, addressOfList, listNames, listOf } from './address.ts'
import { Conversation } from './conversation/conversation.tsx'
import type { HeadActs } from './conversation/head.tsx'
import { type ListMoves, ListPane } from './list/list-pane.tsx'
import { listTitles } from './list/list-tabs.tsx'

type ChatActs = HeadActs & { write(isNote: boolean): void }

/** The agents' part: a list, the chat that is open, and its visitor. On a narrow screen each is one of its own. */
export function ChatsPage() {
  const { list: listText, chat, part } = useRoute().params
  const { route } = useLocation()
  const list = listOf(listText)
  const moves = useRef<ListMoves | null>(null)
  const acts = useRef<ChatActs | null>(null)
  useEffect(() => {
    document.title = 'Chats · Deskbridge'
  }, [])
  if (chat === undefined) acts.current = null

  const onChat = (key: string, means: string, act: (acts: ChatActs) => void) => ({
    keys: [key] as const,
    means,
    act: () => acts.current && act(acts.current),
  })
  usePageKeys([
    { keys: ['j', 'ArrowDown'], means: 'Next chat in the list', act: () => moves.current?.move(1) },
    { keys: ['k', 'ArrowUp'], means: 'Chat before it', act: () => moves.current?.move(-1) },
    { keys: ['o'], means: 'Open it (Enter does the same)', act: () => moves.current?.open() },
    ...listNames.map((name, index) => ({
      keys: [String(index + 1)] as const,
      means: `List: ${listTitles[name]}`,
      act: () => route(addressOfList(name)),
    })),
    onChat('r', 'Write an answer', ({ write }) => write(false)),
    onChat('n', 'Write a note', ({ write }) => write(true)),
    onChat('a', 'Take the chat', ({ take }) => take()),
    onChat('b', 'Give the chat back', ({ release }) => release()),
    onChat('t', 'Transfer the chat', ({ transfer }) => transfer()),
    onChat('x', 'Close the chat', ({ close }) => close()),
    onChat(
      'v',
      'The visitor',
      () => chat && route(part === undefined ? addressOfCard(list, chat) : addressOfChat(list, chat)),
    ),
    { keys: ['u'], means: 'Back to the list', act: () => route(addressOfList(list)) },
  ])

  return (
    <div class="chats" data-shown={chat === undefined ? 'list' : part === undefined ? 'chat' : 'about'}>
      <h1 class="read-out">Chats</h1>
      <ListPane
        key={list}
        list={list}
        openId={chat}
        onMoves={(next) => {
          moves.current = next
        }}
      />
      {chat === undefined ? (
        <div class="talk-blank">
          <Icon name="chat" />
          <p>Choose a chat to read it here.</p>
          <p>
            <kbd>j</kbd> goes to the next one, <kbd>?</kbd> shows all keys.
          </p>
        </div>
      ) : (
        <Conversation
          key={chat}
          list={list}
          sessionId={chat}
          onActs={(next) => {
            acts.current = next
          }}
        />
      )}
    </div>
  )
}
