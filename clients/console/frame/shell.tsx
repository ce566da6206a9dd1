import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Route, Router, useLocation } from 'preact-iso/router'
import type { SignedInAgent } from '../../../src/contract/sign-in.ts'
import type { Storage } from '../../core/platform/storage.ts'
import { isFor, type PageEntry, pages } from '../pages.ts'
import { Blank } from '../parts/list.tsx'
import type { Account } from './account.ts'
import { addressOf } from './address.ts'
import type { Api } from './api.ts'
import { Around } from './around.tsx'
import { AskDialog, useAsk } from './ask.tsx'
import type { Frame } from './frame.ts'
import { Navigation } from './navigation.tsx'
import type { PageKey } from './page-key.ts'
import type { SessionTokens } from './session-tokens.ts'
import { ShortcutList, useShortcuts } from './shortcut-list.tsx'
import { Toasts, useToasts } from './toasts.tsx'
import { useUnsaved } from './unsaved.ts'

interface ShellProps {
  url: string
  api: Api
  tokens: SessionTokens
  account: Account
  me: SignedInAgent
  storage: Storage
  onSignOut(): void
  children: ComponentChildren
}

/** What stands around every page. */
export function Shell({ url, api, tokens, account, me, storage, onSignOut, children }: ShellProps) {
  const { toasts, tell, close } = useToasts()
  const { asked, ask } = useAsk()
  const { route, path } = useLocation()
  const { setUnsaved, leave } = useUnsaved(ask)
  const keys = useRef<readonly PageKey[]>([])
  const frame = useMemo<Frame>(() => {
    const setKeys = (next: readonly PageKey[]) => {
      keys.current = next
    }
    return { url, api, tokens, account, me, storage, tell, ask, setUnsaved, setKeys }
  }, [api, me])
  const shown = useMemo(() => pages.filter((page) => isFor(page, me)), [me])
  const here = shown.find((page) => page.isWorkplace && `${path}/`.startsWith(`${addressOf(page)}/`))
  const [isHelpOpen, setIsHelpOpen] = useState(false)
  useShortcuts(shown, {
    help: () => setIsHelpOpen(true),
    go: (to) => void leave(() => route(to)),
    press: (key) => keys.current.find((one) => one.keys.includes(key)),
  })
  const main = useFocusAfterMove(here ? addressOf(here) : path)
  useHome(shown)

  return (
    <Around frame={frame}>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <div class="shell">
        <Navigation
          {...{ pages: shown, me, storage }}
          onHelp={() => setIsHelpOpen(true)}
          onSignOut={() => void leave(onSignOut)}
        />
        <main id="main" ref={main} tabIndex={-1} class={here && 'workplace'}>
          <Router>
            {shown.map(({ route: below, component }) => (
              <Route key={below} path={`/console${below}`} component={component} />
            ))}
            <Route default component={NoPage} />
          </Router>
        </main>
      </div>
      {isHelpOpen && <ShortcutList pages={shown} keys={keys.current} onClose={() => setIsHelpOpen(false)} />}
      <AskDialog asked={asked} />
      {children}
      <Toasts toasts={toasts} close={close} />
    </Around>
  )
}

const NoPage = () => (
  <Blank title="There is no such page" text="It may have moved, or it is not for you.">
    <a class="act" href="/console">
      To the overview
    </a>
  </Blank>
)

/** Who has no overview begins at the first page that they have. */
function useHome(shown: readonly PageEntry[]): void {
  const { path, route } = useLocation()
  const first = shown[0]
  useEffect(() => {
    if (path === '/console' && first && addressOf(first) !== path) route(addressOf(first), true)
  }, [path, first])
}

/** Whoever reads by ear or by keyboard begins at the new page, as after a load. */
function useFocusAfterMove(path: string) {
  const main = useRef<HTMLElement>(null)
  const before = useRef(path)
  useEffect(() => {
    if (before.current !== path) main.current?.focus()
    before.current = path
  }, [path])
  return main
}
