import type { Facts } from '../../../core/client.ts'
import { useSay } from '../texts.ts'
import { factsFrom } from './answers.ts'
import { Fields } from './fields.tsx'
import type { Question } from './questions.ts'
import { useForm } from './use-form.ts'

interface QuestionsFormProps {
  questions: readonly Question[]
  facts: Facts
  onAnswer(facts: Facts): void
}

/** What the inbox asks before a chat. */
export function QuestionsForm({ questions, facts, onAnswer }: QuestionsFormProps) {
  const say = useSay()
  const { form, answers, faults, answer, submit } = useForm(questions, facts, (all) =>
    onAnswer(factsFrom(questions, all)),
  )
  return (
    <form ref={form} class="form" noValidate aria-label={say('before')} onSubmit={submit}>
      <Fields questions={questions} answers={answers} faults={faults} onAnswer={answer} />
      <button type="submit" class="primary" data-test="start-begin">
        {say('begin')}
      </button>
    </form>
  )
}
