import { useState } from 'preact/hooks'
import type { ConnectorHealth } from '../../../src/contract/connector-health.ts'
import { useFrame } from '../frame/frame.ts'
import { useAct } from './act.ts'
import type { ConnectorCalls } from './calls.ts'
import { PauseDialog } from './pause-dialog.tsx'
import { hasToRetry, titleOf } from './words.ts'

interface ConnectorActsProps {
  connector: ConnectorHealth
  calls: ConnectorCalls
  onChanged(connector: ConnectorHealth): void
}

export function ConnectorActs({ connector, calls, onChanged }: ConnectorActsProps) {
  const { tell } = useFrame()
  const act = useAct()
  const [isPausing, setIsPausing] = useState(false)
  const { name, state } = connector
  const title = titleOf(name)
  const isPaused = state.kind === 'paused'
  const done = (said: string) => (changed: ConnectorHealth) => {
    onChanged(changed)
    tell(said)
  }
  const retry = () => act(() => calls.retry(name), done(`All that waits for ${title} is tried now.`))
  const resume = () => act(() => calls.resume(name), done(`${title} goes on: what waited is brought in its order.`))

  return (
    <>
      {!isPaused && hasToRetry(connector) && (
        <button type="button" class="act" data-test="retry" aria-label={`Retry ${title}`} onClick={() => void retry()}>
          Retry
        </button>
      )}
      {/* One button, so that the focus stays where it is. */}
      <button
        key="hold"
        type="button"
        class={isPaused ? 'act main' : 'act'}
        data-test={isPaused ? 'resume' : 'pause'}
        aria-label={`${isPaused ? 'Resume' : 'Pause'} ${title}`}
        onClick={() => (isPaused ? void resume() : setIsPausing(true))}
      >
        {isPaused ? 'Resume' : 'Pause'}
      </button>
      {isPausing && (
        <PauseDialog
          title={title}
          pause={(reason) => calls.pause(name, reason)}
          onClose={() => setIsPausing(false)}
          onPaused={done(`${title} is paused. What is written waits in its order.`)}
        />
      )}
    </>
  )
}
