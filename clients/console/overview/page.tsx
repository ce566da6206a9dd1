import { useEffect } from 'preact/hooks'
import { useFrame } from '../frame/frame.ts'
import { useLoad } from '../frame/load.ts'
import { List } from '../parts/list.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Figures } from './figures.tsx'
import { readSetup, type SetupStep } from './setup.ts'
import { Step } from './step.tsx'

/** The service itself looks anew about as often. ms */
const lookEvery = 30_000

/** What is left to set up, and how it goes. */
export function OverviewPage() {
  const { api, me } = useFrame()
  const setup = useLoad(() => readSetup(api), [api])
  const isDone = setup.data?.every(isFinished) ?? false
  useEffect(() => {
    if (isDone) return
    const timer = setInterval(setup.again, lookEvery)
    return () => clearInterval(timer)
  }, [isDone, setup.again])

  return (
    <>
      <PageHead title="Overview" about={`Welcome, ${me.name}.`} />
      <Figures />
      <section class="card steps" aria-labelledby="setup">
        <header>
          <div>
            <h2 id="setup">{isDone ? 'Everything is set up' : 'Set up'}</h2>
            <p>{setup.data && progressOf(setup.data)}</p>
          </div>
          <button type="button" class="act" data-test="look-again" onClick={setup.again}>
            Look again
          </button>
        </header>
        <List loaded={setup} isEmpty={(steps) => steps.length === 0} empty={null}>
          {(steps) => (
            <ol>
              {steps.map((step) => (
                <Step key={step.id} step={step} />
              ))}
            </ol>
          )}
        </List>
      </section>
    </>
  )
}

const isFinished = ({ state, isOptional }: SetupStep) => state === 'done' || (isOptional && state === 'todo')

function progressOf(steps: readonly SetupStep[]): string {
  const done = steps.filter(({ state }) => state === 'done').length
  return `${done} of ${steps.length} done`
}
