/** What happens to a field for a day. `change`: a browser tells of one after each digit, and after a pick from its calendar. */
export type DayEvent = 'key' | 'enter' | 'pointer' | 'change' | 'leave'

/** `isTyping`: the last that came was a key. `isChosen`: what stands there is what was meant. */
export interface DayStep {
  isTyping: boolean
  isChosen: boolean
}

/** A day that is typed is meant once Enter is pressed or the field is left, and one that is picked at once. */
export function dayStep(event: DayEvent, isTyping: boolean): DayStep {
  switch (event) {
    case 'key':
      return { isTyping: true, isChosen: false }
    case 'pointer':
      return { isTyping: false, isChosen: false }
    case 'change':
      return { isTyping, isChosen: !isTyping }
    case 'enter':
    case 'leave':
      return { isTyping: false, isChosen: true }
  }
}
