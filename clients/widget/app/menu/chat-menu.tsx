import type { ComponentProps } from 'preact'
import { useState } from 'preact/hooks'
import type { ChatClient, ChatState } from '../../../core/client.ts'
import type { Choice } from '../parts/choice.ts'
import { Menu } from '../parts/menu.tsx'
import { loadParts, seldom } from '../parts/seldom.tsx'
import { useSay } from '../texts.ts'
import { isSoundOn, setSound } from './sound.ts'

const Opened = seldom((parts) => parts.Opened)

/** What can be done with the whole chat. */
export function ChatMenu({ client, state }: { client: ChatClient; state: ChatState }) {
  const say = useSay()
  const [open, setOpen] = useState<ComponentProps<typeof Opened>['what'] | null>(null)
  const [hasSound, setHasSound] = useState(isSoundOn)
  const hasChat = state.sessionId !== null
  const isClosed = state.conversation.status === 'closed'

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
      {open && <Opened what={open} client={client} state={state} onClose={() => setOpen(null)} />}
    </>
  )
}
