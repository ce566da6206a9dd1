import { useState } from 'preact/hooks'
import type { CreateCanned, ShownCanned } from '../../../src/contract/canned.ts'
import type { Inbox } from '../../../src/contract/inbox.ts'
import { useForm } from '../frame/form.ts'
import { useFrame } from '../frame/frame.ts'
import { asProblem, Problem } from '../frame/problem.ts'
import { SelectField, Switch } from '../parts/choice.tsx'
import { TextField } from '../parts/field.tsx'
import { FormPanel } from '../parts/form-panel.tsx'
import { WordsField } from '../parts/words-field.tsx'
import type { CannedCalls } from './calls.ts'
import { FilledIn } from './filled-in.tsx'

interface CannedPanelProps {
  calls: CannedCalls
  /** Null: a new one. */
  canned: ShownCanned | null
  inboxes: readonly Inbox[]
  categories: readonly string[]
  onClose(): void
  onDone(what: string): void
}

const fresh: CreateCanned = {
  inbox: null,
  name: '',
  shortcut: null,
  text: '',
  category: null,
  tags: [],
  isActive: true,
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

export function CannedPanel({ calls, canned, inboxes, categories, onClose, onDone }: CannedPanelProps) {
  const { ask, tell } = useFrame()
  const [version, setVersion] = useState(canned?.version ?? 1)
  const form = useForm(canned ? writtenOf(canned) : fresh, async (value) => {
    if (!canned) await calls.create(value)
    else
      await calls.change(canned.id, version, value).catch(async (error: unknown) => {
        const problem = asProblem(error)
        if (problem.code !== 'version_conflict') throw problem
        // What was typed stays, and a second save is over what is there now.
        const now = await calls.one(canned.id)
        setVersion(now.version)
        throw new Problem(problem.code, conflict(now))
      })
    return null
  })
  const remove = async () => {
    if (!canned || !(await ask(removing(canned)))) return
    await calls.remove({ ...canned, version }).then(
      () => onDone(`“${canned.name}” was deleted.`),
      (error: unknown) => tell(asProblem(error).message, 'problem'),
    )
  }
  const { value, set, faultAt } = form

  return (
    <FormPanel
      title={canned ? 'Edit response' : 'New response'}
      form={form}
      action={canned ? 'Save' : 'Create'}
      onClose={onClose}
      onDone={() => onDone(`“${value.name.trim()}” was saved.`)}
      other={
        canned && (
          <button type="button" class="act danger-quiet" data-test="delete" onClick={() => void remove()}>
            Delete
          </button>
        )
      }
    >
      <TextField
        label="Name"
        test="name"
        value={value.name}
        onChange={(name) => set('name', name)}
        fault={faultAt('name')}
      />
      <TextField
        label="Text"
        rows={6}
        test="text"
        value={value.text}
        onChange={(text) => set('text', text)}
        fault={faultAt('text')}
      />
      <FilledIn text={value.text} onInsert={(variable) => set('text', `${value.text}{{${variable}}}`)} />
      <Where {...{ form, inboxes, categories }} />
    </FormPanel>
  )
}

interface WhereProps extends Pick<CannedPanelProps, 'inboxes' | 'categories'> {
  form: ReturnType<typeof useForm<CreateCanned>>
}

/** By what, and where, agents find it. */
const Where = ({ form: { value, set, faultAt }, inboxes, categories }: WhereProps) => (
  <>
    <div class="columns">
      <TextField
        label="Shortcut"
        isOptional
        test="shortcut"
        hint="What agents type after a slash."
        value={value.shortcut ?? ''}
        onChange={(shortcut) => set('shortcut', orNull(shortcut))}
        fault={faultAt('shortcut')}
      />
      <SelectField
        label="Inbox"
        value={value.inbox ?? ''}
        choices={[['', 'All inboxes'], ...inboxes.map(({ key, name }) => [key, name] as const)]}
        onChange={(inbox) => set('inbox', orNull(inbox))}
        fault={faultAt('inbox')}
      />
    </div>
    <WordsField
      label="Category"
      isOptional
      known={categories}
      words={value.category ? [value.category] : []}
      onChange={(words) => set('category', words.at(-1) ?? null)}
      fault={faultAt('category')}
    />
    <WordsField
      label="Tags"
      isOptional
      words={value.tags}
      onChange={(tags) => set('tags', tags)}
      fault={faultAt('tags')}
      hint="Enter or a comma adds one."
    />
    <Switch
      label="Agents can use it"
      hint="Switched off, it is kept here and shown to nobody else."
      isOn={value.isActive}
      onChange={(isActive) => set('isActive', isActive)}
    />
  </>
)

const writtenOf = ({ inbox, name, shortcut, text, category, tags, isActive }: ShownCanned): CreateCanned => ({
  inbox,
  name,
  shortcut,
  text,
  category,
  tags,
  isActive,
})

const conflict = ({ updatedBy, text }: ShownCanned) =>
  `${updatedBy.name ?? 'Somebody'} changed this response while you were writing. It now says: “${text}” Save again to put yours in its place.`

const removing = ({ name }: ShownCanned) => ({
  title: `Delete “${name}”?`,
  text: 'Agents cannot use it any more. Messages that were made with it stay as they are.',
  yes: 'Delete',
  isDangerous: true,
})
