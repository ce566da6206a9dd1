import { expect, it } from 'vitest'
import { type DayEvent, dayStep } from './day-step.ts'

/** Which of these mean what stands in the field. */
const chosenAt = (events: readonly DayEvent[]) => {
  let isTyping = false
  return events.filter((event) => {
    const step = dayStep(event, isTyping)
    isTyping = step.isTyping
    return step.isChosen
  })
}

it.each<[string, DayEvent[], DayEvent[]]>([
  ['typed, and left', ['pointer', 'key', 'change', 'key', 'change', 'leave'], ['leave']],
  ['typed, with Enter', ['key', 'change', 'enter'], ['enter']],
  ['picked', ['pointer', 'change'], ['change']],
  ['typed, and picked then', ['key', 'change', 'pointer', 'change'], ['change']],
  ['filled in by a program', ['change'], ['change']],
])('takes a day that is %s', (_, events, chosen) => {
  expect(chosenAt(events)).toEqual(chosen)
})
