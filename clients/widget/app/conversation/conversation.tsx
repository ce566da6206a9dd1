import { useEffect } from 'preact/hooks'
import type { ChatClient, ChatState } from '../../../core/client.ts'
import { Composer } from '../composer.tsx'
import { playNews } from '../menu/sound.ts'
import { Messages } from '../messages.tsx'
import { seldom } from '../parts/seldom.tsx'
import { useSay } from '../texts.ts'
import { Announcer } from './announcer.tsx'
import { useInSight } from './in-sight.ts'

const Queue = seldom((parts) => parts.Queue)
const Rating = seldom((parts) => parts.Rating)

/** What was said, and where one says more. */
export function Conversation({ client, state }: { client: ChatClient; state: ChatState }) {
  const say = useSay()
  const { conversation, connection, queue } = state
  const isInSight = useInSight()
  useEffect(() => {
    if (isInSight) client.read()
  }, [client, isInSight, connection, conversation.messages.length])
  return (
    <>
      <Messages key={state.sessionId} state={state} client={client} />
      <Announcer state={state} onNews={playNews} />
      {queue && <Queue {...queue} />}
      {conversation.status === 'closed' && (
        <p class="notice" role="status">
          {say('ended')}
        </p>
      )}
      {conversation.status === 'closed' && <Rating conversation={conversation} rate={client.rate} />}
      <Composer client={client} />
    </>
  )
}
