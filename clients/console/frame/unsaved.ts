import { useEffect, useState } from 'preact/hooks'
import type { Frame } from './frame.ts'

const question = { title: 'Leave without saving?', text: 'What you changed here is lost.', yes: 'Leave', no: 'Stay' }

/** Asks before a link, a shortcut or the browser takes away what was not saved. */
export function useUnsaved(ask: Frame['ask']) {
  const [guard] = useState(() => createGuard(ask))
  useEffect(() => guard.watch(), [guard])
  return guard
}

function createGuard(ask: Frame['ask']) {
  let isUnsaved = false
  const leave = async (go: () => void): Promise<void> => {
    if (isUnsaved && !(await ask(question))) return
    isUnsaved = false
    go()
  }
  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!isUnsaved || !link || link.target || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (link.getAttribute('href')?.startsWith('#')) return
    event.preventDefault()
    event.stopPropagation()
    void leave(() => link.click())
  }
  const onUnload = (event: BeforeUnloadEvent) => isUnsaved && event.preventDefault()

  return {
    leave,
    setUnsaved(next: boolean) {
      isUnsaved = next
    },
    watch() {
      document.addEventListener('click', onClick, true)
      addEventListener('beforeunload', onUnload)
      return () => {
        document.removeEventListener('click', onClick, true)
        removeEventListener('beforeunload', onUnload)
      }
    },
  }
}
