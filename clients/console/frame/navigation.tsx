import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import type { SignedInAgent } from '../../../src/contract/sign-in.ts'
import type { Storage } from '../../core/platform/storage.ts'
import { OwnStatus } from '../chats/status/own-status.tsx'
import { ConnectorNotes } from '../connectors/notes.tsx'
import type { PageEntry } from '../pages.ts'
import { addressOf } from './address.ts'
import { Icon, type IconName, Mark } from './icon.tsx'
import { applyTheme, readTheme, type Theme, themes } from './theme.ts'

interface NavigationProps {
  pages: readonly PageEntry[]
  me: SignedInAgent
  storage: Storage
  onHelp(): void
  onSignOut(): void
}

export function Navigation({ pages, me, storage, onHelp, onSignOut }: NavigationProps) {
  const groups = [...new Set(pages.map(({ group }) => group))]
  return (
    <nav class="side" aria-label="Pages">
      <a class="brand" href="/console">
        <Mark />
        Deskbridge
      </a>
      <ConnectorNotes />
      <div class="side-pages">
        {groups.map((group) => (
          <Group key={group} title={group} pages={pages.filter((page) => page.group === group)} />
        ))}
      </div>
      <div class="side-foot">
        <OwnStatus />
        <ThemeSwitch storage={storage} />
        <button
          type="button"
          class="plain show-keys"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={onHelp}
        >
          <Icon name="keyboard" />
        </button>
        <div class="me">
          <span title={me.name}>{me.name}</span>
          <button
            type="button"
            class="plain"
            aria-label="Sign out"
            title="Sign out"
            data-test="sign-out"
            onClick={onSignOut}
          >
            <Icon name="out" />
          </button>
        </div>
      </div>
    </nav>
  )
}

function Group({ title, pages }: { title: string; pages: readonly PageEntry[] }) {
  const { path } = useLocation()
  const isHere = (page: PageEntry) => {
    const address = addressOf(page)
    return path === address || (address !== '/console' && path.startsWith(`${address}/`))
  }
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {pages.map((page) => (
          <li key={page.route}>
            <a
              href={addressOf(page)}
              aria-current={isHere(page) ? 'page' : undefined}
              aria-keyshortcuts={`g ${page.letter}`}
            >
              <Icon name={page.icon} />
              {page.title}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

const looks: Record<Theme, { icon: IconName; name: string }> = {
  system: { icon: 'screen', name: 'Colours as the system has them' },
  light: { icon: 'sun', name: 'Light colours' },
  dark: { icon: 'moon', name: 'Dark colours' },
}

function ThemeSwitch({ storage }: { storage: Storage }) {
  const [theme, setTheme] = useState(() => readTheme(storage))
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
  const { icon, name } = looks[theme]
  return (
    <button
      type="button"
      class="plain"
      data-test="theme"
      aria-label={`${name}. Change`}
      title={name}
      onClick={() => {
        setTheme(next)
        applyTheme(next, storage)
      }}
    >
      <Icon name={icon} />
    </button>
  )
}
