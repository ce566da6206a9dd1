import type { SetupState, SetupStep } from '../../../src/contract/setup.ts'
import { Icon, type IconName } from '../frame/icon.tsx'
import { Badge, type Tone } from '../parts/badge.tsx'
import { WidgetTag } from './widget-tag.tsx'
import { asSentence } from './words.ts'

const states: Record<SetupState, readonly [tone: Tone, icon: IconName, words: string]> = {
  done: ['good', 'check', 'Done'],
  todo: ['plain', 'next', 'To do'],
  failing: ['bad', 'warn', 'Failing'],
  unknown: ['warn', 'warn', 'Not known'],
}

export function Step({ step }: { step: SetupStep }) {
  const { id, title, isOptional, state, found, next, findings } = step
  const [tone, icon, words] = states[state]
  const open = findings.filter(({ level, what }) => level !== 'ok' && what !== found)
  return (
    <li class="step" data-test={`step-${id}`} data-state={state}>
      <span class={`step-mark ${tone}`}>
        <Icon name={icon} />
      </span>
      <div class="step-text">
        <h3>
          {title} <Badge tone={tone}>{words}</Badge> {isOptional && <span class="optional">optional</span>}
        </h3>
        <p class="muted">{asSentence(found)}</p>
        {next && <p>{asSentence(next)}</p>}
        {open.length > 0 && (
          <ul class="findings">
            {open.map(({ what, todo }) => (
              <li key={what}>
                {asSentence(what)} {todo && <span class="next">{asSentence(todo)}</span>}
              </li>
            ))}
          </ul>
        )}
        {id === 'widget' && <WidgetTag />}
      </div>
    </li>
  )
}
