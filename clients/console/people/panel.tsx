import type { CreateAgent, Role, ShownAgent } from '../../../src/contract/agent.ts'
import type { Inbox } from '../../../src/contract/inbox.ts'
import { useForm } from '../frame/form.ts'
import { type Choice, SelectField, Several } from '../parts/choice.tsx'
import { NumberField, TextField } from '../parts/field.tsx'
import { FormPanel } from '../parts/form-panel.tsx'
import { WordsField } from '../parts/words-field.tsx'
import { AccountActs } from './account-acts.tsx'
import type { Invited, PeopleCalls } from './calls.ts'
import { roleNames } from './columns.tsx'
import { countOf } from './find-people.ts'

interface PersonPanelProps {
  calls: PeopleCalls
  /** Null: somebody new. */
  person: ShownAgent | null
  people: readonly ShownAgent[]
  inboxes: readonly Inbox[]
  onClose(): void
  onInvited(invited: Invited): void
  onDone(what: string): void
}

const fresh: CreateAgent = {
  name: '',
  email: '',
  role: 'agent',
  capacity: 5,
  skills: [],
  teams: [],
  inboxes: [],
  priority: 0,
}

export function PersonPanel({ calls, person, people, inboxes, onClose, onInvited, onDone }: PersonPanelProps) {
  const form = useForm(person ? writtenOf(person) : fresh, async (value) => {
    const { email: _email, ...change } = value
    if (person) {
      await calls.change(person.id, change)
      return null
    }
    const { id, name } = await calls.create(value)
    onInvited({ name, invitation: await calls.invite(id) })
    return null
  })
  return (
    <FormPanel
      title={person?.name ?? 'Add somebody'}
      form={form}
      action={person ? 'Save' : 'Add and invite'}
      onClose={onClose}
      onDone={() => onDone(person ? `${form.value.name} was saved.` : `${form.value.name} was added.`)}
    >
      {person && <AccountActs {...{ calls, person, onInvited, onDone }} />}
      <Who form={form} isNew={person === null} />
      <Work form={form} person={person} people={people} inboxes={inboxes} />
    </FormPanel>
  )
}

type PersonForm = ReturnType<typeof useForm<CreateAgent>>

const roles: readonly Choice<Role>[] = [
  ['agent', `${roleNames.agent}: answers chats`],
  ['supervisor', `${roleNames.supervisor}: also assigns them and writes canned responses`],
  ['admin', `${roleNames.admin}: also sets all of this up`],
]

const Who = ({ form: { value, set, faultAt }, isNew }: { form: PersonForm; isNew: boolean }) => (
  <>
    <TextField
      label="Name"
      hint="Visitors see it."
      test="name"
      value={value.name}
      onChange={(name) => set('name', name)}
      fault={faultAt('name')}
    />
    <TextField
      label="Email"
      type="email"
      test="email"
      isDisabled={!isNew}
      hint={isNew ? 'They sign in with it, and Slack and Zendesk know them by it.' : 'It stays what it was.'}
      value={value.email}
      onChange={(email) => set('email', email)}
      fault={faultAt('email')}
    />
    <SelectField
      label="Role"
      test="role"
      value={value.role}
      choices={roles}
      onChange={(role) => set('role', role)}
      fault={faultAt('role')}
    />
  </>
)

interface WorkProps {
  form: PersonForm
  person: ShownAgent | null
  people: readonly ShownAgent[]
  inboxes: readonly Inbox[]
}

const Work = ({ form: { value, set, faultAt }, person, people, inboxes }: WorkProps) => (
  <>
    <div class="columns">
      <NumberField
        label="Capacity"
        unit="chats at once"
        test="capacity"
        hint={person && person.takes < person.capacity && `They take ${person.takes} at once, by their own choice.`}
        value={value.capacity}
        onChange={(capacity) => set('capacity', capacity ?? 0)}
        fault={faultAt('capacity')}
      />
      <NumberField
        label="Priority"
        hint="Who has a higher one is asked first."
        value={value.priority}
        onChange={(priority) => set('priority', priority ?? 0)}
        fault={faultAt('priority')}
      />
    </div>
    <WordsField
      label="Teams"
      isOptional
      known={countOf(people, 'teams').map(([word]) => word)}
      words={value.teams}
      onChange={(teams) => set('teams', teams)}
      fault={faultAt('teams')}
      test="teams"
    />
    <WordsField
      label="Skills"
      isOptional
      hint="An inbox may ask for some, such as a language."
      known={countOf(people, 'skills').map(([word]) => word)}
      words={value.skills}
      onChange={(skills) => set('skills', skills)}
      fault={faultAt('skills')}
      test="skills"
    />
    <Several
      label="Inboxes"
      hint="None chosen: all of them."
      choices={inboxes.map(({ key, name }) => [key, name] as const)}
      chosen={value.inboxes}
      onChange={(chosen) => set('inboxes', chosen)}
      fault={faultAt('inboxes')}
    />
  </>
)

const writtenOf = (person: ShownAgent): CreateAgent => ({
  name: person.name,
  email: person.email,
  role: person.role,
  capacity: person.capacity,
  skills: person.skills,
  teams: person.teams,
  inboxes: person.inboxes,
  priority: person.priority,
})
