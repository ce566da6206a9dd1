import { useEffect, useRef } from 'preact/hooks'
import type { PageEntry } from '../pages.ts'
import { Dialog } from '../parts/dialog.tsx'
import { addressOf } from './address.ts'
import type { PageKey } from './page-key.ts'
import { pressOf, shortcutFor } from './shortcuts.ts'

interface Acts {
  help(): void
  go(to: string): void
  /** What a key means on the page that is open. */
  press(key: string): PageKey | undefined
}

export function useShortcuts(pages: readonly PageEntry[], act: Acts): void {
  const since = useRef<number | null>(null)
  const now = useRef(act)
  now.current = act
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const press = pressOf(event, performance.now())
      const shortcut = shortcutFor(press, since.current)
      since.current = shortcut?.do === 'wait' ? performance.now() : null
      const ofPage = shortcut || press.isTaken || press.hasModifier ? undefined : now.current.press(press.key)
      if (ofPage) {
        event.preventDefault()
        ofPage.act()
      }
      if (!shortcut || shortcut.do === 'wait') return
      event.preventDefault()
      if (shortcut.do === 'help') now.current.help()
      if (shortcut.do === 'search') document.querySelector<HTMLElement>('[data-search]')?.focus()
      const page = shortcut.do === 'go' && pages.find(({ letter }) => letter === shortcut.letter)
      if (page) now.current.go(addressOf(page))
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [pages])
}

const everywhere = [
  ['/', 'Search this page'],
  ['?', 'Show these shortcuts'],
  ['Esc', 'Close what is open'],
] as const

interface ShortcutListProps {
  pages: readonly PageEntry[]
  keys: readonly PageKey[]
  onClose(): void
}

export const ShortcutList = ({ pages, keys, onClose }: ShortcutListProps) => (
  <Dialog title="Keyboard shortcuts" kind="question" onClose={onClose}>
    <div class="dialog-body">
      <dl class="shortcuts">
        {everywhere.map(([key, means]) => (
          <div key={key}>
            <dt>{means}</dt>
            <dd>
              <kbd>{key}</kbd>
            </dd>
          </div>
        ))}
        {keys.map(({ keys: [key], means }) => (
          <div key={key}>
            <dt>{means}</dt>
            <dd>
              <kbd>{key}</kbd>
            </dd>
          </div>
        ))}
        {pages.map(({ letter, title }) => (
          <div key={letter}>
            <dt>Go to {title}</dt>
            <dd>
              <kbd>g</kbd> <kbd>{letter}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  </Dialog>
)
