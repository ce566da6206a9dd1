import { useState } from 'preact/hooks'
import type { AgentApi } from '../api.ts'
import type { AgentChat, AgentChatState } from '../chat.ts'
import { Composer } from './composer.tsx'
import { DropFiles } from './drop.tsx'
import { Messages } from './messages.tsx'

interface TalkProps {
  chat: AgentChat
  state: AgentChatState
  me: string
  /** What went wrong last, and how it is put away. */
  problem?: { text: string; onSeen(): void } | null
  canned: Pick<AgentApi, 'findCanned' | 'renderCanned'>
  /** Nobody is told that somebody writes here. */
  isQuiet?: boolean
  /** Where what was begun here is kept. */
  drafts?: { read(): string; keep(text: string): void }
  /** Whether a note is begun; without it the talk keeps that for itself. */
  kind?: { isNote: boolean; onChange(isNote: boolean): void }
}

/** What was said, and where more is. */
export function Talk({ chat, state, me, problem, canned, isQuiet = false, drafts, kind }: TalkProps) {
  const [ownIsNote, setOwnIsNote] = useState(false)
  const { isNote, onChange } = kind ?? { isNote: ownIsNote, onChange: setOwnIsNote }
  const { info, status } = state.conversation
  const sendFiles = (files: readonly File[], toTeam: boolean) => {
    for (const file of files) chat.sendFile(file, file.name, { isNote: toTeam })
  }
  return (
    <DropFiles onFiles={(files) => sendFiles(files, isNote)}>
      {state.connection === 'offline' && (
        <p class="state" role="status">
          No connection. What you write is kept, and sent when it is back.
        </p>
      )}
      {problem && (
        <p class="state problem" role="alert">
          {problem.text}
          <button type="button" class="plain" onClick={problem.onSeen}>
            OK
          </button>
        </p>
      )}
      <Messages
        {...{ state, me }}
        onRetry={chat.retry}
        onDiscard={chat.discard}
        onOlder={() => void chat.older()}
        onEdit={(messageId, content) => chat.act('edit_message', { messageId, content })}
        onDelete={(messageId) => chat.act('delete_message', { messageId })}
      />
      <Composer
        isClosed={status === 'closed'}
        isNote={isNote}
        onKind={onChange}
        {...(drafts && { draft: drafts.read(), onDraft: drafts.keep })}
        findCanned={(words) => canned.findCanned(info?.inbox ?? '', words)}
        renderCanned={(id) => canned.renderCanned(id, info?.sessionId ?? '')}
        onSend={(text, toTeam) => chat.send(text, { isNote: toTeam })}
        onFiles={sendFiles}
        onTyping={() => !isQuiet && chat.type()}
      />
    </DropFiles>
  )
}
