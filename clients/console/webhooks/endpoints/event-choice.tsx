import type { ComponentChildren } from 'preact'
import { Description } from '../events/description.tsx'
import { byGroup, type EventType } from '../events/event-type.ts'
import { add, covers, takeOut, touches } from './patterns.ts'

interface EventChoiceProps {
  types: readonly EventType[]
  chosen: readonly string[]
  onChange(chosen: string[]): void
  fault: string | null
}

/** All, whole groups or single ones. A whole one brings what a later release adds to it as well. */
export function EventChoice({ types, chosen, onChange, fault }: EventChoiceProps) {
  const names = types.map(({ type }) => type)
  const common = (pattern: string) => ({
    pattern,
    isOn: covers(chosen, pattern),
    isWrong: fault !== null,
    onChange: (isOn: boolean) => onChange(isOn ? add(chosen, pattern) : takeOut(chosen, pattern, names)),
  })
  return (
    <fieldset class="field event-choice">
      <legend>Events</legend>
      {fault && <p class="fault">{fault}</p>}
      <EventCheck {...common('*')} isSome={chosen.length > 0}>
        Everything <code>*</code>
        <small>Also the team’s notes, and what a later release adds.</small>
      </EventCheck>
      {byGroup(types).map(([group, ofGroup]) => (
        <div key={group} class="event-group">
          <EventCheck {...common(`${group}.*`)} isSome={touches(chosen, group)}>
            All of <code>{group}.*</code>
          </EventCheck>
          {ofGroup.map(({ type, description }) => (
            <EventCheck key={type} {...common(type)} isWithin>
              {type}
              <small>
                <Description text={description} />
              </small>
            </EventCheck>
          ))}
        </div>
      ))}
    </fieldset>
  )
}

interface EventCheckProps {
  pattern: string
  isOn: boolean
  /** Some of what it stands for is chosen. */
  isSome?: boolean
  isWithin?: boolean
  isWrong: boolean
  onChange(isOn: boolean): void
  children: ComponentChildren
}

const EventCheck = ({ pattern, isOn, isSome = false, isWithin = false, isWrong, ...props }: EventCheckProps) => (
  <label class={isWithin ? 'check within' : 'check'}>
    <input
      type="checkbox"
      data-test={`event-${pattern}`}
      checked={isOn}
      indeterminate={isSome && !isOn}
      aria-invalid={isWrong ? 'true' : undefined}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
    <span>{props.children}</span>
  </label>
)
