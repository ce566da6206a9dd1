import { useEffect, useState } from 'preact/hooks'
import type { SessionInfo } from '../../../../src/contract/chat.ts'
import type { ChatListName } from '../../../../src/contract/lists.ts'
import type { AgentChat } from '../../../agent/chat.ts'
import { Talk } from '../../../agent/pane/talk.tsx'
import { useAgentChat } from '../../../agent/pane/use-agent-chat.ts'
import { useFrame } from '../../frame/frame.ts'
import { asProblem } from '../../frame/problem.ts'
import { Waiting } from '../../parts/list.tsx'
import { useDesk } from '../desk/use-desk.tsx'
import { VisitorCard } from '../visitor/card.tsx'
import { draftOf } from './draft.ts'
import { ConversationHead, type HeadActs } from './head.tsx'
import { Quiet } from './quiet.tsx'
import { TransferDialog } from './transfer-dialog.tsx'
import { useOpenChat } from './use-open-chat.ts'
import { useReading } from './use-reading.ts'

interface ConversationProps {
  list: ChatListName
  sessionId: string
  /** Told what the keyboard can do here. */
  onActs(acts: HeadActs & { write(isNote: boolean): void }): void
}

/** One chat with all that is done in it, and its visitor beside it. */
export function Conversation({ list, sessionId, onActs }: ConversationProps) {
  const { me, tokens } = useFrame()
  const { chat, again } = useOpenChat(sessionId)
  const state = useAgentChat(chat)
  const { info: known, status } = state.conversation
  const info = known && { ...known, status }
  useEffect(() => {
    if (state.ended === 'refused') void tokens.signInAgain().then(again)
  }, [state.ended])
  const isQuiet = info === null || isAnothers(info, me.id)
  useReading(chat, isQuiet, [state.conversation.messages.length, state.connection])
  const [isNote, setIsNote] = useState(false)
  const [isTransferred, setIsTransferred] = useState(false)
  const acts = useActs(chat, sessionId, () => setIsTransferred(true))
  onActs({
    ...acts,
    write(toTeam) {
      setIsNote(toTeam)
      document.querySelector<HTMLElement>('.composer textarea')?.focus()
    },
  })

  if (state.ended === 'gone')
    return (
      <div class="talk-blank">
        <p>This chat is not there, or not among the inboxes of your account.</p>
      </div>
    )
  if (!info)
    return (
      <div class="talk-blank">
        <Waiting />
      </div>
    )
  return (
    <>
      <section class="talk" aria-label="Conversation">
        <ConversationHead
          {...{ info, list, acts }}
          me={me.id}
          isVisitorHere={state.isVisitorHere}
          agents={state.agentsHere}
        />
        {isQuiet && <Quiet info={info} onTake={acts.take} />}
        <Conversed {...{ chat, state, isQuiet, isNote, setIsNote, sessionId }} me={me.id} />
      </section>
      <VisitorCard {...{ info, list }} />
      {isTransferred && <TransferDialog info={info} onClose={() => setIsTransferred(false)} />}
    </>
  )
}

interface ConversedProps {
  chat: AgentChat
  state: ReturnType<typeof useAgentChat>
  me: string
  sessionId: string
  isQuiet: boolean
  isNote: boolean
  setIsNote(isNote: boolean): void
}

function Conversed({ chat, state, me, sessionId, isQuiet, isNote, setIsNote }: ConversedProps) {
  const { storage } = useFrame()
  const { calls } = useDesk()
  return (
    <Talk
      key={sessionId}
      {...{ chat, state, me, isQuiet }}
      canned={calls}
      drafts={draftOf(storage, sessionId)}
      kind={{ isNote, onChange: setIsNote }}
    />
  )
}

/** Whoever has it is not read over the shoulder in front of the visitor; and what is closed is only looked up. */
const isAnothers = ({ status, assignee }: SessionInfo, me: string): boolean =>
  status === 'closed' || (assignee !== null && assignee.id !== me)

/** What the buttons and the keys do; what is refused is said. */
function useActs(chat: AgentChat, sessionId: string, transfer: () => void): HeadActs {
  const { tell } = useFrame()
  const { calls } = useDesk()
  const act = async (what: 'take_chat' | 'release_chat' | 'close_chat') => {
    const refusal = await chat.act(what)
    if (refusal !== null) tell(refusal, 'problem')
  }
  return {
    take: () => void act('take_chat'),
    release: () => void act('release_chat'),
    close: () => void act('close_chat'),
    reopen: () => void calls.reopen(sessionId).catch((error: unknown) => tell(asProblem(error).message, 'problem')),
    transfer,
  }
}
