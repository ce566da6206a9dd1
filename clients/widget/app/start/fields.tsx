import { useId } from 'preact/hooks'
import { useSay } from '../texts.ts'
import type { Answers, Faults } from './answers.ts'
import type { Question } from './questions.ts'

interface FieldsProps {
  questions: readonly Question[]
  answers: Answers
  faults: Faults
  onAnswer(key: string, answer: string): void
}

export const Fields = ({ questions, answers, faults, onAnswer }: FieldsProps) => (
  <>
    {questions.map((question) => (
      <Field
        key={question.key}
        question={question}
        answer={answers[question.key] ?? ''}
        fault={faults[question.key]}
        onAnswer={(answer) => onAnswer(question.key, answer)}
      />
    ))}
  </>
)

interface FieldProps {
  question: Question
  answer: string
  fault: Faults[string] | undefined
  onAnswer(answer: string): void
}

/** As much as the server takes. */
const mostOf = (key: string) => (key === 'name' ? 200 : 1_000)

function Field({ question: { key, label, type, required, options }, answer, fault, onAnswer }: FieldProps) {
  const say = useSay()
  const id = useId()
  const typed = (event: { currentTarget: { value: string } }) => onAnswer(event.currentTarget.value)
  const props = {
    ...{ id, value: answer, required, name: key, 'data-test': `start-${key}`, 'aria-invalid': fault !== undefined },
    'aria-describedby': fault ? `${id}-fault` : undefined,
  }
  return (
    <div class="question">
      <label for={id}>
        {label ?? say('email')} {!required && <span class="optional">({say('optional')})</span>}
      </label>
      {type === 'select' ? (
        <select {...props} onChange={typed}>
          <option value="">{say('choose')}</option>
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : type === 'email' ? (
        <input {...props} type="email" maxLength={320} autoComplete="email" onInput={typed} />
      ) : (
        <input
          {...props}
          type="text"
          maxLength={mostOf(key)}
          autoComplete={key === 'name' ? 'name' : 'off'}
          onInput={typed}
        />
      )}
      <Fault id={`${id}-fault`} fault={fault} />
    </div>
  )
}

export function Fault({ id, fault }: { id: string; fault: Faults[string] | undefined }) {
  const say = useSay()
  return fault ? (
    <p class="fault" id={id}>
      {say(fault)}
    </p>
  ) : null
}
