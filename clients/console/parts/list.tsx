import type { ComponentChildren } from 'preact'
import { Icon } from '../frame/icon.tsx'
import type { Loaded } from '../frame/load.ts'

interface ListProps<T> {
  loaded: Loaded<T>
  isEmpty(data: T): boolean
  empty: ComponentChildren
  children(data: T): ComponentChildren
}

/** What is read, or why it is not there: waiting, failed, nothing yet. */
export function List<T>({ loaded, isEmpty, empty, children }: ListProps<T>) {
  const { data, problem, isLoading, again } = loaded
  if (problem && data === null)
    return (
      <div class="blank" role="alert" data-test="failed">
        <Icon name="warn" />
        <h2>This could not be read</h2>
        <p>{problem.message}</p>
        <button type="button" class="act" onClick={again}>
          Try again
        </button>
      </div>
    )
  if (data === null) return <Waiting />
  return (
    <div aria-busy={isLoading} class={isLoading ? 'stale' : undefined}>
      {problem && (
        <div class="notice bad" role="alert">
          <Icon name="warn" />
          <p>{problem.message}</p>
          <button type="button" class="act" onClick={again}>
            Try again
          </button>
        </div>
      )}
      {isEmpty(data) ? empty : children(data)}
    </div>
  )
}

/** In the shape of what comes, and only once it takes longer than a blink. */
export const Waiting = () => (
  <div class="waiting" role="status">
    <span class="read-out">Loading…</span>
    {[0, 1, 2, 3, 4].map((row) => (
      <span key={row} class="bone" />
    ))}
  </div>
)

interface BlankProps {
  title: string
  text: string
  children?: ComponentChildren
}

/** There is nothing here yet, or nothing that fits. */
export const Blank = ({ title, text, children }: BlankProps) => (
  <div class="blank" data-test="blank">
    <h2>{title}</h2>
    <p>{text}</p>
    {children}
  </div>
)
