import { useState } from 'preact/hooks'
import type { ChatClient } from '../../../core/client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useSay } from '../texts.ts'
import { whyNot } from '../why-not.ts'

/** However long somebody takes to say where to. */
const savedWithinMs = 60_000

/** Answers whether there was one to save. */
export async function saveTranscript({ transcript }: Pick<ChatClient, 'transcript'>): Promise<boolean> {
  const text = await transcript('txt')
  if (text === null) return false
  const link = document.createElement('a')
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  link.href = address
  link.download = `chat-${new Date().toISOString().slice(0, 10)}.txt`
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), savedWithinMs)
  return true
}

interface MailTranscriptProps {
  mail: ChatClient['mailTranscript']
  /** The visitor's, if it is known. */
  address: string
  onClose(): void
}

export function MailTranscript({ mail, address, onClose }: MailTranscriptProps) {
  const say = useSay()
  const [to, setTo] = useState(address)
  const [outcome, setOutcome] = useState<{ isSent: boolean; text: string } | null>(null)
  const send = async () => {
    const answer = await mail(to)
    const text = answer?.ok ? say('mailed', { to }) : say('notMailed', { reason: whyNot(answer?.error, say) })
    setOutcome({ isSent: answer?.ok ?? false, text })
  }
  return (
    <Dialog title={say('mailTranscript')} onClose={onClose}>
      {outcome && <p role={outcome.isSent ? 'status' : 'alert'}>{outcome.text}</p>}
      {!outcome?.isSent && (
        <form
          class="lines"
          onSubmit={(event) => {
            event.preventDefault()
            void send()
          }}
        >
          <label>
            {say('email')}
            <input
              type="email"
              name="email"
              autocomplete="email"
              required
              autofocus
              dir="ltr"
              value={to}
              onInput={(event) => setTo(event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="main" data-test="widget-mail">
            {say('send')}
          </button>
        </form>
      )}
    </Dialog>
  )
}
