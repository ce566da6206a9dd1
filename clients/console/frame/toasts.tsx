import { useCallback, useRef, useState } from 'preact/hooks'
import { Icon } from './icon.tsx'

interface Toast {
  id: number
  text: string
  kind: 'done' | 'problem'
}

/** Long enough to read a sentence twice. A problem stays until it is closed. ms */
const shownFor = 6_000

export function useToasts() {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const last = useRef(0)
  const close = useCallback((id: number) => setToasts((now) => now.filter((toast) => toast.id !== id)), [])
  const tell = useCallback((text: string, kind: Toast['kind'] = 'done') => {
    const id = (last.current += 1)
    setToasts((now) => [...now.slice(-2), { id, text, kind }])
    if (kind === 'done') setTimeout(close, shownFor, id)
  }, [])
  return { toasts, tell, close }
}

export const Toasts = ({ toasts, close }: Pick<ReturnType<typeof useToasts>, 'toasts' | 'close'>) => (
  <div class="toasts" role="status" aria-live="polite">
    {toasts.map(({ id, text, kind }) => (
      <div key={id} class={`toast ${kind}`} data-test="toast">
        <Icon name={kind === 'done' ? 'check' : 'warn'} />
        <p>{text}</p>
        <button type="button" class="plain" aria-label="Close this notice" onClick={() => close(id)}>
          <Icon name="cross" />
        </button>
      </div>
    ))}
  </div>
)
