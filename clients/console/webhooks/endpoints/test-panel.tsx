import { useState } from 'preact/hooks'
import type { ShownEndpoint, WholeDelivery } from '../../../../src/contract/webhook.ts'
import { useLoad } from '../../frame/load.ts'
import { asProblem, type Problem } from '../../frame/problem.ts'
import { SelectField } from '../../parts/choice.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { FormProblem } from '../../parts/form-problem.tsx'
import type { WebhookCalls } from '../calls.ts'
import { AttemptView } from '../deliveries/attempt.tsx'
import { JsonText } from '../events/json-text.tsx'

interface TestPanelProps {
  calls: WebhookCalls
  endpoint: ShownEndpoint
  onSent(): void
  onClose(): void
}

/** Sends the catalogue's example, also to an endpoint that is off, and shows what came back. */
export function TestPanel({ calls, endpoint, onSent, onClose }: TestPanelProps) {
  const { data: types } = useLoad(calls.types, [])
  const [type, setType] = useState('message.created')
  const { sent, problem, isSending, send } = useTest(calls, endpoint.id, onSent)
  const example = types?.find((one) => one.type === type)?.example

  return (
    <Dialog title="Send a test" kind="panel" onClose={onClose}>
      <div class="dialog-body">
        <FormProblem problem={problem} />
        <SelectField
          label="Event"
          test="test-type"
          hint="Its example is sent once, signed as every call. Its webhook-id begins with test_."
          value={type}
          choices={(types ?? []).map((one) => [one.type, one.type] as const)}
          onChange={setType}
        />
        <div role="status" data-test="test-result">
          {sent?.log.map((attempt) => (
            <AttemptView key={attempt.at} attempt={attempt} isOpen />
          ))}
        </div>
        <h3>What is sent</h3>
        {example !== undefined && <JsonText label="Example" value={example} />}
      </div>
      <footer class="dialog-foot">
        <button type="button" class="act" onClick={onClose}>
          Close
        </button>
        <button
          type="button"
          class="act main"
          data-test="send-test"
          disabled={isSending}
          onClick={() => void send(type)}
        >
          {isSending ? 'Sending…' : sent ? 'Send again' : 'Send'}
        </button>
      </footer>
    </Dialog>
  )
}

function useTest(calls: WebhookCalls, id: string, onSent: () => void) {
  const [sent, setSent] = useState<WholeDelivery | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isSending, setIsSending] = useState(false)
  const send = async (type: string) => {
    setIsSending(true)
    setProblem(null)
    await calls.test(id, type).then(
      (delivery) => {
        setSent(delivery)
        onSent()
      },
      (error: unknown) => setProblem(asProblem(error)),
    )
    setIsSending(false)
  }
  return { sent, problem, isSending, send }
}
