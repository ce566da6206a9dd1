import type { Inbox } from '../../../../src/contract/inbox.ts'
import { type Choice, SelectField, Switch } from '../../parts/choice.tsx'
import { MinutesField } from '../../parts/minutes-field.tsx'
import { WordsField } from '../../parts/words-field.tsx'
import type { InboxForm } from '../inbox-form.ts'

type Assignment = Inbox['assignment']

const strategies: readonly Choice<Assignment['strategy']>[] = [
  ['round_robin', 'In turn'],
  ['least_busy', 'Whoever has the fewest'],
  ['skill_based', 'By skill'],
  ['priority', 'By priority'],
  ['manual', 'By hand: agents take chats themselves'],
]

export function AssignmentSection({ form: { value, set, faultAt } }: { form: InboxForm }) {
  const { assignment } = value
  const put = (change: Partial<Assignment>) => set('assignment', { ...assignment, ...change })
  return (
    <>
      <SelectField
        label="Who is next"
        test="strategy"
        value={assignment.strategy}
        choices={strategies}
        onChange={(strategy) => put({ strategy })}
      />
      {assignment.strategy === 'skill_based' && (
        <WordsField
          label="Skills that an agent must have"
          isOptional
          words={assignment.skills}
          onChange={(skills) => put({ skills })}
          fault={faultAt('assignment.skills')}
        />
      )}
      <Switch
        label="Ask whoever had the visitor last first"
        isOn={assignment.lastAgentFirst}
        onChange={(lastAgentFirst) => put({ lastAgentFirst })}
      />
      <MinutesField
        label="Answer within"
        isOptional
        hint="Whoever has not answered by then loses the chat to the next one. Empty: they keep it."
        value={assignment.answerWithin}
        onChange={(answerWithin) => put({ answerWithin })}
        fault={faultAt('assignment.answerWithin')}
      />
    </>
  )
}
