import type { SessionInfo } from '../../../../src/contract/chat.ts'
import type { ChatListName } from '../../../../src/contract/lists.ts'
import { Presence } from '../../../agent/pane/head.tsx'
import { useFrame } from '../../frame/frame.ts'
import { Icon } from '../../frame/icon.tsx'
import { addressOfCard, addressOfList } from '../address.ts'
import { listTitles } from '../list/list-tabs.tsx'

export interface HeadActs {
  take(): void
  release(): void
  transfer(): void
  close(): void
  reopen(): void
}

interface ConversationHeadProps {
  info: SessionInfo
  list: ChatListName
  me: string
  isVisitorHere: boolean | null
  agents: readonly SessionInfo['agents'][number][]
  acts: HeadActs
}

/** Who it is with, who has it, and what can be done. */
export function ConversationHead({ info, list, me, isVisitorHere, agents, acts }: ConversationHeadProps) {
  const { visitor, sessionId, assignee } = info
  const others = agents.filter(({ id }) => id !== me && id !== assignee?.id).map(({ name }) => name)
  return (
    <header class="talk-head">
      <a class="plain to-list" href={addressOfList(list)} aria-label={`Back to ${listTitles[list]}`}>
        <Icon name="back" />
      </a>
      <div class="talk-who">
        <h2>
          <Presence isHere={isVisitorHere} /> {visitor.name ?? visitor.email ?? 'Visitor'}
        </h2>
        <p data-test="standing-of-chat">
          {standingOf(info, me)}
          {others.length > 0 && <span data-test="also-here"> · also here: {others.join(', ')}</span>}
        </p>
      </div>
      <div class="talk-acts">
        <ActButtons {...{ info, me, acts }} />
        <a class="plain to-about" href={addressOfCard(list, sessionId)} aria-label="About the visitor">
          <Icon name="user" />
        </a>
      </div>
    </header>
  )
}

function standingOf({ status, assignee, offline, rating, team }: SessionInfo, me: string): string {
  if (status === 'closed') return rating === null ? 'Closed' : `Closed, rated ${rating} of 5`
  if (assignee) return assignee.id === me ? 'With you' : `With ${assignee.name}`
  if (status === 'active') return 'Answered, nobody’s'
  if (offline) return 'Left a message'
  return team ? `Waits for the team ${team}` : 'Waits in the queue'
}

function ActButtons({ info: { status, assignee }, me, acts }: Pick<ConversationHeadProps, 'info' | 'me' | 'acts'>) {
  const { me: agent } = useFrame()
  const isMine = assignee?.id === me
  const mayHandOn = isMine || !assignee || agent.role !== 'agent'
  if (status === 'closed')
    return (
      <button type="button" class="act" data-test="reopen" onClick={acts.reopen}>
        Reopen
      </button>
    )
  return (
    <>
      {!assignee && (
        <button type="button" class="act main" data-test="take_chat" onClick={acts.take}>
          Take
        </button>
      )}
      {isMine && (
        <button type="button" class="act" data-test="release_chat" onClick={acts.release}>
          Give back
        </button>
      )}
      {mayHandOn && (
        <button type="button" class="act" data-test="transfer" onClick={acts.transfer}>
          Transfer
        </button>
      )}
      <button type="button" class="act" data-test="close_chat" onClick={acts.close}>
        Close
      </button>
    </>
  )
}
