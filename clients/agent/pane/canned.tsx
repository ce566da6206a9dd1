import { useEffect, useState } from 'preact/hooks'
import type { ShownCanned } from '../../../src/contract/canned.ts'

interface CannedDeps {
  text: string
  find(words: string): Promise<ShownCanned[]>
  pick(canned: ShownCanned): Promise<void>
}

export interface Canned {
  /** Null: nobody is looking for one. */
  found: readonly ShownCanned[] | null
  problem: string | null
  at: number
  choose(index: number): void
  /** Whether the key was for the list. */
  takesKey(event: KeyboardEvent): boolean
  inputProps: object
}

/** Long enough that a word is typed, short enough that nobody waits. ms */
const pauseMs = 120

/** Responses that match what is typed after a slash. */
export function useCanned({ text, find, pick }: CannedDeps): Canned {
  const [found, setFound] = useState<readonly ShownCanned[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const [dismissed, setDismissed] = useState<string | null>(null)
  const words = /^\/([^\n]*)$/.exec(text)?.[1]?.trim() ?? null
  const isOpen = words !== null && dismissed !== text

  useEffect(() => {
    if (!isOpen) return
    let isOver = false
    const timer = setTimeout(async () => {
      const next = await find(words).catch((error: Error) => error)
      if (isOver) return
      setProblem(next instanceof Error ? next.message : null)
      setFound(next instanceof Error ? [] : next)
      setAt(0)
    }, pauseMs)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [words, isOpen])

  const choose = (index: number) => {
    const chosen = found[index]
    if (chosen) void pick(chosen).catch((error: Error) => setProblem(error.message))
  }
  const keys: Record<string, () => void> = {
    ArrowDown: () => setAt(Math.min(at + 1, found.length - 1)),
    ArrowUp: () => setAt(Math.max(at - 1, 0)),
    Enter: () => choose(at),
    Escape: () => setDismissed(text),
  }
  return {
    found: isOpen ? found : null,
    problem,
    at,
    choose,
    takesKey(event) {
      const act = keys[event.key]
      if (!isOpen || !act || event.shiftKey) return false
      event.preventDefault()
      act()
      return true
    },
    inputProps: isOpen
      ? { 'aria-controls': 'canned', 'aria-activedescendant': `canned-${at}`, 'aria-autocomplete': 'list' }
      : {},
  }
}

export function CannedList({ canned: { found, problem, at, choose } }: { canned: Canned }) {
  if (found === null) return null
  return (
    <div class="canned">
      {problem && <p class="problem">{problem}</p>}
      {!problem && found.length === 0 && <p class="none">No response with these words.</p>}
      <div id="canned" role="listbox" aria-label="Canned responses">
        {found.map(({ id, name, shortcut, text }, index) => (
          <div
            key={id}
            id={`canned-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            data-test="canned"
            onMouseDown={(event) => {
              // The input keeps the focus.
              event.preventDefault()
              choose(index)
            }}
          >
            <strong>{name}</strong> {shortcut && <code>/{shortcut}</code>}
            <span>{text}</span>
          </div>
        ))}
      </div>
    </div>
  )
}
