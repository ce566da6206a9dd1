import type { TeamMember } from '../../../../src/contract/agent.ts'
import type { TransferChat } from '../../../../src/contract/assignment.ts'
import type { SessionInfo } from '../../../../src/contract/chat.ts'
import { useForm } from '../../frame/form.ts'
import { useFrame } from '../../frame/frame.ts'
import { SelectField } from '../../parts/choice.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { FormProblem } from '../../parts/form-problem.tsx'
import { useDesk } from '../desk/use-desk.tsx'

/** To somebody who is there, or to whoever of a team is free. */
export function TransferDialog({ info, onClose }: { info: SessionInfo; onClose(): void }) {
  const { me, tell } = useFrame()
  const { team, calls } = useDesk()
  const destinations = destinationsIn(team, info, me.id)
  const form = useForm({ to: destinations[0]?.value ?? '', note: '' }, async ({ to, note }) => {
    const chosen = destinations.find(({ value }) => value === to)
    if (chosen) await calls.transfer(info.sessionId, { to: chosen.to, ...(note.trim() !== '' && { note }) })
    return null
  })
  return (
    <Dialog title="Transfer this chat" kind="question" onClose={onClose}>
      <form
        onSubmit={async (event) => {
          event.preventDefault()
          if (!(await form.submit())) return
          tell('The chat was handed on.')
          onClose()
        }}
      >
        <div class="dialog-body">
          <FormProblem problem={form.problem} />
          {destinations.length === 0 && <p>None of your colleagues is there, and there are no teams.</p>}
          <SelectField
            label="To"
            test="transfer-to"
            value={form.value.to}
            choices={destinations.map(({ value, label }) => [value, label])}
            onChange={(to) => form.set('to', to)}
          />
          <TextField
            label="Note for whoever gets it"
            isOptional
            rows={3}
            test="transfer-note"
            value={form.value.note}
            onChange={(note) => form.set('note', note)}
            fault={form.faultAt('note')}
          />
        </div>
        <footer class="dialog-foot">
          <button type="button" class="act" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="act main" data-test="transfer-do" disabled={form.isBusy || form.value.to === ''}>
            Transfer
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

interface Destination {
  value: string
  label: string
  to: TransferChat['to']
}

function destinationsIn(team: readonly TeamMember[], { assignee }: SessionInfo, me: string): Destination[] {
  const there = team.filter(({ id, status }) => status !== 'offline' && id !== assignee?.id && id !== me)
  const teams = [...new Set(team.flatMap((member) => member.teams))].sort()
  return [
    ...there.map(({ id, name, status, chats, takes }) => ({
      value: id,
      label: `${name}, ${status}, ${chats} of ${takes} chats`,
      to: { agent: id },
    })),
    ...teams.map((name) => ({ value: `team:${name}`, label: `Team ${name}`, to: { team: name } })),
  ]
}
