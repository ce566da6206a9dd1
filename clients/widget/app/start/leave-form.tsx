import { useId } from 'preact/hooks'
import type { ShownInbox } from '../../../../src/contract/inbox.ts'
import type { Facts } from '../../../core/client.ts'
import { useSay } from '../texts.ts'
import { factsFrom } from './answers.ts'
import { Fault, Fields } from './fields.tsx'
import { Welcome } from './hello.tsx'
import { whenItOpens } from './opens.ts'
import type { Question } from './questions.ts'
import { messageKey, useForm } from './use-form.ts'

interface LeaveFormProps {
  inbox: ShownInbox
  questions: readonly Question[]
  facts: Facts
  onLeave(facts: Facts, message: string): void
}

const message: Question = { key: messageKey, label: null, type: 'text', required: true, options: [] }
const mostLength = 10_000

/** Nobody is here: a message can be left, which is the chat's first. */
export function LeaveForm({ inbox, questions, facts, onLeave }: LeaveFormProps) {
  const say = useSay()
  const id = useId()
  const { form, answers, faults, answer, submit } = useForm([...questions, message], facts, (all) =>
    onLeave(factsFrom(questions, all), all[messageKey] ?? ''),
  )
  const fault = faults[messageKey]
  return (
    <>
      <Closed inbox={inbox} />
      <form ref={form} class="form" noValidate aria-label={say('leaveMessage')} onSubmit={submit}>
        <Fields questions={questions} answers={answers} faults={faults} onAnswer={answer} />
        <div class="question">
          <label for={id}>{say('yourMessage')}</label>
          <textarea
            id={id}
            name={messageKey}
            rows={4}
            required
            maxLength={mostLength}
            data-test="start-message"
            value={answers[messageKey] ?? ''}
            aria-invalid={fault !== undefined}
            aria-describedby={fault ? `${id}-fault` : undefined}
            onInput={(event) => answer(messageKey, event.currentTarget.value)}
          />
          <Fault id={`${id}-fault`} fault={fault} />
        </div>
        <button type="submit" class="primary" data-test="start-leave">
          {say('leaveMessage')}
        </button>
      </form>
    </>
  )
}

function Closed({ inbox: { look, opensAt, outsideHours } }: { inbox: ShownInbox }) {
  const say = useSay()
  return (
    <Welcome logo={look.logoUrl}>
      <h2>{say('closedTitle')}</h2>
      <p class="said">{outsideHours ?? say('closedText')}</p>
      {opensAt && (
        <p class="opens">
          <time dateTime={opensAt}>
            {say('backAt', { date: whenItOpens(opensAt, Date.now(), document.documentElement.lang) })}
          </time>
        </p>
      )}
    </Welcome>
  )
}
