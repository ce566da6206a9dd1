import { useId, useRef, useState } from 'preact/hooks'
import { isDay } from '../question/period.ts'
import { type DayEvent, dayStep } from './day-step.ts'

interface DayFieldProps {
  label: string
  day: string
  onChange(day: string): void
}

/** Half a day that is typed is no other day yet. */
export function DayField({ label, day, onChange }: DayFieldProps) {
  const id = useId()
  const isTyping = useRef(false)
  /** Null: it is the day that is asked for. */
  const [typed, setTyped] = useState<string | null>(null)
  const on = (event: DayEvent, value: string) => {
    const step = dayStep(event, isTyping.current)
    isTyping.current = step.isTyping
    if (step.isChosen && isDay(value) && value !== day) onChange(value)
    if (event === 'leave' || (step.isChosen && isDay(value))) setTyped(null)
  }
  return (
    <span class="filter">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="date"
        required
        value={typed ?? day}
        onInput={({ currentTarget: { value } }) => setTyped(value)}
        onKeyDown={({ key, currentTarget: { value } }) => on(key === 'Enter' ? 'enter' : 'key', value)}
        onPointerDown={({ currentTarget: { value } }) => on('pointer', value)}
        onChange={({ currentTarget: { value } }) => on('change', value)}
        onBlur={({ currentTarget: { value } }) => on('leave', value)}
      />
    </span>
  )
}
