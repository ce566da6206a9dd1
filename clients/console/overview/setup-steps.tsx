import { useState } from 'preact/hooks'
import type { Setup, SetupStep } from '../../../src/contract/setup.ts'
import { useFrame } from '../frame/frame.ts'
import { useLive } from '../frame/live.ts'
import { Ago } from '../parts/ago.tsx'
import { List } from '../parts/list.tsx'
import { Step } from './step.tsx'

/** The service itself looks anew about as often. ms */
const lookEvery = 30_000

/** What a new installation needs, as the service finds it now. Once all of it is there, nobody looks by themselves. */
export function SetupSteps() {
  const { api } = useFrame()
  const [isDone, setIsDone] = useState(false)
  const read = async () => {
    const setup = await api.get<Setup>('/api/admin/setup')
    setIsDone(setup.steps.every(isFinished))
    return setup
  }
  const setup = useLive(read, [api], isDone ? null : lookEvery)
  const { data, isLoading, again } = setup
  return (
    <section class="card steps" aria-labelledby="setup">
      <header>
        <div>
          <h2 id="setup">{isDone ? 'Everything is set up' : 'Set up'}</h2>
          <p>
            {data && (
              <>
                {progressOf(data.steps)}, looked at <Ago at={data.lookedAt} />
              </>
            )}
          </p>
        </div>
        <button type="button" class="act" data-test="look-again" onClick={again}>
          {isLoading ? 'Checking…' : 'Check again'}
        </button>
      </header>
      <List loaded={setup} isEmpty={() => false} empty={null}>
        {({ steps }) => (
          <ol>
            {steps.map((step) => (
              <Step key={step.id} step={step} />
            ))}
          </ol>
        )}
      </List>
    </section>
  )
}

const isFinished = ({ state, isOptional }: SetupStep) => state === 'done' || (isOptional && state === 'todo')

const progressOf = (steps: readonly SetupStep[]): string =>
  `${steps.filter(({ state }) => state === 'done').length} of ${steps.length} done`
