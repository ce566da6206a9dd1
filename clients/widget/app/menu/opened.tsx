import type { ChatClient, ChatState } from '../../../core/client.ts'
import { EarlierChats } from '../earlier/earlier-chats.tsx'
import { Dialog, Question } from '../parts/dialog.tsx'
import { useSay } from '../texts.ts'
import { MailTranscript } from './transcript.tsx'

interface OpenedProps {
  what: 'mail' | 'earlier' | 'end' | 'no transcript'
  client: ChatClient
  state: ChatState
  onClose(): void
}

/** What the menu of the chat has opened. */
export function Opened({ what, client, state, onClose }: OpenedProps) {
  const say = useSay()
  switch (what) {
    case 'mail': {
      const address = state.conversation.info?.visitor.email ?? ''
      return <MailTranscript mail={client.mailTranscript} address={address} onClose={onClose} />
    }
    case 'earlier':
      return <EarlierChats client={client} sessionId={state.sessionId} onClose={onClose} />
    case 'no transcript':
      return (
        <Dialog title={say('saveTranscript')} onClose={onClose}>
          <p role="alert">{say('notSaved')}</p>
        </Dialog>
      )
    case 'end':
      return (
        <Question
          title={say('endQuestion')}
          yes={say('end')}
          no={say('keepChatting')}
          test="widget-close-confirm"
          onNo={onClose}
          onYes={() => {
            onClose()
            void client.close()
          }}
        />
      )
  }
}
