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

type Shortcut = readonly [means: string, ...keys: string[]]

const everywhere: readonly Shortcut[] = [
  ['Search this page', '/'],
  ['Show these shortcuts', '?'],
  ['Close what is open', 'Esc'],
]

interface ShortcutListProps {
  pages: readonly PageEntry[]
  keys: readonly PageKey[]
  onClose(): void
}

export const ShortcutList = ({ pages, keys, onClose }: ShortcutListProps) => (
  <Dialog title="Keyboard shortcuts" kind="question" onClose={onClose}>
    <div class="dialog-body">
      {keys.length > 0 && (
        <Shortcuts title="On this page" shortcuts={keys.map(({ keys: [key], means }) => [means, key])} />
      )}
      <Shortcuts title="Everywhere" shortcuts={everywhere} />
      <Shortcuts title="Go to" shortcuts={pages.map(({ letter, title }) => [title, 'g', letter])} />
    </div>
  </Dialog>
)

const Shortcuts = ({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) => (
  <section>
    <h3>{title}</h3>
    <dl class="shortcuts">
      {shortcuts.map(([means, ...keys]) => (
        <div key={means}>
          <dt>{means}</dt>
          <dd>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  </section>
)
