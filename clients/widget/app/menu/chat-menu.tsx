import { useState } from 'preact/hooks'
import type { ChatClient, ChatState } from '../../../core/client.ts'
import type { Choice } from '../parts/choice.ts'
import { Menu } from '../parts/menu.tsx'
import { loadParts, seldom } from '../parts/seldom.tsx'
import { useSay } from '../texts.ts'
import { isSoundOn, setSound } from './sound.ts'

const Dialog = seldom((parts) => parts.Dialog)
const Question = seldom((parts) => parts.Question)
const EarlierChats = seldom((parts) => parts.EarlierChats)
const MailTranscript = seldom((parts) => parts.MailTranscript)

type Open = 'mail' | 'earlier' | 'end' | 'no transcript' | null

/** What can be done with the whole chat. */
export function ChatMenu({ client, state }: { client: ChatClient; state: ChatState }) {
  const say = useSay()
  const [open, setOpen] = useState<Open>(null)
  const [hasSound, setHasSound] = useState(isSoundOn)
  const { info, status } = state.conversation
  const hasChat = state.sessionId !== null
  const isClosed = status === 'closed'
  const close = () => setOpen(null)

  const sound: Choice = {
    ...{ name: say('sound'), test: 'widget-sound', isOn: hasSound },
    choose() {
      setSound(!hasSound)
      setHasSound(!hasSound)
    },
  }
  const save = async () => {
    const isSaved = await loadParts().then((parts) => parts?.saveTranscript(client))
    if (!isSaved) setOpen('no transcript')
  }
  const ofChat: Choice[] = [
    { name: say('saveTranscript'), test: 'widget-save', choose: () => void save() },
    { name: say('mailTranscript'), test: 'widget-mail-transcript', choose: () => setOpen('mail') },
  ]
  const end: Choice = isClosed
    ? { name: say('newChat'), test: 'widget-new-chat', choose: client.startAnew }
    : { name: say('endChat'), test: 'widget-close', choose: () => setOpen('end') }
  const earlier: Choice = { name: say('earlierChats'), test: 'widget-earlier', choose: () => setOpen('earlier') }

  return (
    <>
      <Menu
        label={say('menu')}
        test="widget-menu"
        choices={[sound, ...(hasChat ? ofChat : []), earlier, ...(hasChat ? [end] : [])]}
      />
      {open === 'mail' && (
        <MailTranscript mail={client.mailTranscript} address={info?.visitor.email ?? ''} onClose={close} />
      )}
      {open === 'earlier' && <EarlierChats client={client} sessionId={state.sessionId} onClose={close} />}
      {open === 'no transcript' && (
        <Dialog title={say('saveTranscript')} onClose={close}>
          <p role="alert">{say('notSaved')}</p>
        </Dialog>
      )}
      {open === 'end' && (
        <Question
          title={say('endQuestion')}
          yes={say('end')}
          no={say('keepChatting')}
          test="widget-close-confirm"
          onNo={close}
          onYes={() => {
            close()
            void client.close()
          }}
        />
      )}
    </>
  )
}
