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
  const { name, state } = connector
  const { tell } = useFrame()
  const { act, isBusy } = useAct()
  const [isPausing, setIsPausing] = useState(false)
  const title = titleOf(name)
  const done = (said: string) => (changed: ConnectorHealth) => {
    onChanged(changed)
    tell(said)
  }
  const button = (test: string, words: string, kind: string, onClick: () => void) => (
    <button
      type="button"
      class={`act ${kind}`}
      data-test={test}
      aria-label={`${words} ${title}`}
      disabled={isBusy}
      onClick={onClick}
    >
      {words}
    </button>
  )

  if (state.kind === 'paused')
    return button(
      'resume',
      'Resume',
      'main',
      () => void act(() => calls.resume(name), done(`${title} goes on: what waited is brought in its order.`)),
    )
  return (
    <>
      {hasToRetry(connector) &&
        button(
          'retry',
          'Retry',
          '',
          () => void act(() => calls.retry(name), done(`All that waits for ${title} is tried now.`)),
        )}
      {button('pause', 'Pause', '', () => setIsPausing(true))}
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
