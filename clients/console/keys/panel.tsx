import type { Inbox } from '../../../src/contract/inbox.ts'
import type { CreatedKey, CreateKey, ShownKey } from '../../../src/contract/key.ts'
import { useForm } from '../frame/form.ts'
import { useFrame } from '../frame/frame.ts'
import { asProblem } from '../frame/problem.ts'
import { Several } from '../parts/choice.tsx'
import { NumberField, TextField } from '../parts/field.tsx'
import { FormPanel } from '../parts/form-panel.tsx'
import { exactly } from '../parts/when.ts'
import type { KeyCalls } from './calls.ts'
import { scopeChoices } from './scopes.ts'

interface KeyPanelProps {
  calls: KeyCalls
  /** Null: a new one. */
  shown: ShownKey | null
  inboxes: readonly Inbox[]
  onClose(): void
  onCreated(key: CreatedKey): void
  onDone(what: string): void
}

const fresh: CreateKey = { name: '', scopes: ['chats:read'], inboxes: [], expiresAt: null, rateLimit: 600 }

export function KeyPanel({ calls, shown, inboxes, onClose, onCreated, onDone }: KeyPanelProps) {
  const form = useForm(shown ? writtenOf(shown) : fresh, async (typed) => {
    // What opens everything opens every inbox.
    const value = typed.scopes.includes('admin') ? { ...typed, inboxes: [] } : typed
    if (shown) await calls.change(shown.id, value)
    else onCreated(await calls.create(value))
    return null
  })
  const revoke = useRevoke(calls, onDone)
  const isOver = shown?.revokedAt !== null && shown !== null

  return (
    <FormPanel
      title={shown ? 'API key' : 'New API key'}
      form={form}
      action={shown ? 'Save' : 'Create key'}
      onClose={onClose}
      onDone={() => onDone(`The key “${form.value.name.trim()}” was saved.`)}
      isReadOnly={isOver}
      other={
        shown &&
        !isOver && (
          <button type="button" class="act danger-quiet" data-test="revoke" onClick={() => void revoke(shown)}>
            Revoke
          </button>
        )
      }
    >
      {shown && <About shown={shown} />}
      {!isOver && <KeyFields form={form} inboxes={inboxes} />}
    </FormPanel>
  )
}

/** Taken back for good, after a question. */
function useRevoke(calls: KeyCalls, onDone: (what: string) => void) {
  const { ask, tell } = useFrame()
  return async ({ id, name }: ShownKey) => {
    const text = 'Whatever uses it is refused within two seconds. It cannot be given back.'
    if (!(await ask({ title: `Revoke the key “${name}”?`, text, yes: 'Revoke', isDangerous: true }))) return
    await calls.revoke(id).then(
      () => onDone(`The key “${name}” opens nothing any more.`),
      (error: unknown) => tell(asProblem(error).message, 'problem'),
    )
  }
}

interface KeyFieldsProps {
  form: ReturnType<typeof useForm<CreateKey>>
  inboxes: readonly Inbox[]
}

const KeyFields = ({ form: { value, set, faultAt }, inboxes }: KeyFieldsProps) => (
  <>
    <TextField
      label="Name"
      hint="Of the system that uses it, such as Shop or CRM."
      test="name"
      value={value.name}
      onChange={(name) => set('name', name)}
      fault={faultAt('name')}
    />
    <Several
      label="It may"
      choices={scopeChoices}
      chosen={value.scopes}
      onChange={(scopes) => set('scopes', scopes)}
      fault={faultAt('scopes')}
    />
    {!value.scopes.includes('admin') && (
      <Several
        label="In these inboxes"
        hint="None chosen: in all of them."
        choices={inboxes.map(({ key, name }) => [key, name] as const)}
        chosen={value.inboxes}
        onChange={(chosen) => set('inboxes', chosen)}
        fault={faultAt('inboxes')}
      />
    )}
    <div class="columns">
      <TextField
        label="Expires on"
        type="date"
        isOptional
        value={value.expiresAt?.slice(0, 10) ?? ''}
        onChange={(day) => set('expiresAt', day === '' ? null : `${day}T00:00:00.000Z`)}
        fault={faultAt('expiresAt')}
      />
      <NumberField
        label="At most"
        unit="requests a minute"
        min={1}
        value={value.rateLimit}
        onChange={(rateLimit) => set('rateLimit', rateLimit ?? 0)}
        fault={faultAt('rateLimit')}
      />
    </div>
  </>
)

const About = ({ shown: { prefix, createdAt, createdBy, lastUsedAt, revokedAt } }: { shown: ShownKey }) => (
  <dl class="facts">
    <dt>Begins with</dt>
    <dd>
      <code>{prefix}</code>
    </dd>
    <dt>Made</dt>
    <dd>
      {exactly(createdAt)} by {createdBy.name ?? makers[createdBy.kind]}
    </dd>
    <dt>Last used</dt>
    <dd>{lastUsedAt ? exactly(lastUsedAt) : 'Never'}</dd>
    {revokedAt && (
      <>
        <dt>Revoked</dt>
        <dd>{exactly(revokedAt)}</dd>
      </>
    )}
  </dl>
)

const makers = { admin: 'the administrator’s key', agent: 'an agent', command: 'a command' } as const

const writtenOf = ({ name, scopes, inboxes, expiresAt, rateLimit }: ShownKey): CreateKey => ({
  name,
  scopes,
  inboxes,
  expiresAt,
  rateLimit,
})
