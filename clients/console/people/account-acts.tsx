import { useState } from 'preact/hooks'
import type { ShownAgent } from '../../../src/contract/agent.ts'
import { type Question, useFrame } from '../frame/frame.ts'
import { asProblem } from '../frame/problem.ts'
import type { Invited, PeopleCalls } from './calls.ts'

interface AccountActsProps {
  calls: PeopleCalls
  person: ShownAgent
  onInvited(invited: Invited): void
  onDone(what: string): void
}

/** Whether and how somebody can sign in. */
export function AccountActs({ calls, person, onInvited, onDone }: AccountActsProps) {
  const { ask, tell } = useFrame()
  const [isBusy, setIsBusy] = useState(false)
  const { id, name, active } = person
  const act = async (question: Question | null, call: () => Promise<unknown>, done: string) => {
    if (question && !(await ask(question))) return
    setIsBusy(true)
    await call().then(
      () => onDone(done),
      (error: unknown) => {
        setIsBusy(false)
        tell(asProblem(error).message, 'problem')
      },
    )
  }
  const invite = async () => onInvited({ name, invitation: await calls.invite(id) })

  if (!active)
    return (
      <div class="notice">
        <p>Deactivated: {name} cannot sign in. Their name stays in their chats.</p>
        <button
          type="button"
          class="act"
          data-test="reactivate"
          disabled={isBusy}
          onClick={() => void act(null, () => calls.reactivate(id), `${name} can sign in again.`)}
        >
          Reactivate
        </button>
      </div>
    )
  return (
    <div class="acts">
      <button
        type="button"
        class="act"
        data-test="invite"
        disabled={isBusy}
        onClick={() => void act(null, invite, `${name} has a new invitation.`)}
      >
        Invite again
      </button>
      <button
        type="button"
        class="act"
        disabled={isBusy}
        onClick={() => void act(signingOut(name), () => calls.signOut(id), `${name} was signed out everywhere.`)}
      >
        Sign out everywhere
      </button>
      <button
        type="button"
        class="act danger-quiet"
        data-test="deactivate"
        disabled={isBusy}
        onClick={() => void act(deactivating(name), () => calls.deactivate(id), `${name} was deactivated.`)}
      >
        Deactivate
      </button>
    </div>
  )
}

const signingOut = (name: string): Question => ({
  title: `Sign ${name} out everywhere?`,
  text: 'Every browser and connection of theirs ends at once. They can sign in again.',
  yes: 'Sign out',
})

const deactivating = (name: string): Question => ({
  title: `Deactivate ${name}?`,
  text: 'They are signed out and cannot come back in, and their chats go to others. You can reactivate them later.',
  yes: 'Deactivate',
  isDangerous: true,
})
