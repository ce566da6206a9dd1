import type { AnyComponent } from 'preact'
import type { Role } from '../../src/contract/agent.ts'
import type { SignedInAgent } from '../../src/contract/sign-in.ts'
import { AccountPage } from './account/page.tsx'
import { AuditPage } from './audit/page.tsx'
import { CannedPage } from './canned/page.tsx'
import { LivePage } from './chats/live/page.tsx'
import { ChatsPage } from './chats/page.tsx'
import { ConnectorsPage } from './connectors/page.tsx'
import type { IconName } from './frame/icon.tsx'
import { InboxesPage } from './inboxes/page.tsx'
import { KeysPage } from './keys/page.tsx'
import { OverviewPage } from './overview/page.tsx'
import { PeoplePage } from './people/page.tsx'
import { QueuesPage } from './queues/page.tsx'
import { LoadedReports } from './reports/loaded.tsx'
import { WebhooksPage } from './webhooks/page.tsx'

export interface PageEntry {
  /** Below `/console`. A part that begins with a colon is the page's own. */
  route: string
  title: string
  group: 'Work' | 'Start' | 'Support' | 'Developers' | 'Installation' | 'You'
  /** Follows `g` on the keyboard. */
  letter: string
  icon: IconName
  /** Of the whole installation: not for administrators of some inboxes. */
  isOfAll: boolean
  /** Whoever has this role, or a higher one. */
  from: Role
  /** It fills the window, and moves the focus by itself. */
  isWorkplace?: true
  component: AnyComponent
}

const ofAll = { isOfAll: true, from: 'admin' } as const
const ofSome = { isOfAll: false, from: 'admin' } as const
const rank: Record<Role, number> = { agent: 0, supervisor: 1, admin: 2 }

export const isFor = ({ from, isOfAll }: PageEntry, { role, inboxes }: SignedInAgent): boolean =>
  rank[role] >= rank[from] && (!isOfAll || inboxes.length === 0)

/** The one list of the console's pages, in the order of the navigation. */
export const pages: readonly PageEntry[] = [
  { route: '/', title: 'Overview', group: 'Start', letter: 'o', icon: 'home', ...ofSome, component: OverviewPage },
  {
    route: '/chats/:list?/:chat?/:part?',
    title: 'Chats',
    group: 'Work',
    letter: 'h',
    icon: 'chat',
    isOfAll: false,
    from: 'agent',
    isWorkplace: true,
    component: ChatsPage,
  },
  {
    route: '/live',
    title: 'Live',
    group: 'Work',
    letter: 'l',
    icon: 'clock',
    isOfAll: false,
    from: 'supervisor',
    component: LivePage,
  },
  {
    route: '/reports/:view?',
    title: 'Reports',
    group: 'Work',
    letter: 'r',
    icon: 'chart',
    isOfAll: false,
    from: 'supervisor',
    component: LoadedReports,
  },
  {
    route: '/inboxes/:inbox?',
    title: 'Inboxes',
    group: 'Support',
    letter: 'i',
    icon: 'inbox',
    ...ofSome,
    component: InboxesPage,
  },
  {
    route: '/people',
    title: 'People',
    group: 'Support',
    letter: 'p',
    icon: 'people',
    ...ofSome,
    component: PeoplePage,
  },
  {
    route: '/canned',
    title: 'Canned responses',
    group: 'Support',
    letter: 'c',
    icon: 'reply',
    ...ofSome,
    component: CannedPage,
  },
  { route: '/keys', title: 'API keys', group: 'Developers', letter: 'k', icon: 'key', ...ofAll, component: KeysPage },
  {
    route: '/webhooks/:at?',
    title: 'Webhooks',
    group: 'Developers',
    letter: 'w',
    icon: 'hook',
    ...ofAll,
    component: WebhooksPage,
  },
  {
    route: '/connectors',
    title: 'Connectors',
    group: 'Installation',
    letter: 'n',
    icon: 'plug',
    ...ofAll,
    component: ConnectorsPage,
  },
  {
    route: '/queues',
    title: 'Queues',
    group: 'Installation',
    letter: 'q',
    icon: 'queue',
    ...ofAll,
    component: QueuesPage,
  },
  {
    route: '/audit',
    title: 'Audit log',
    group: 'Installation',
    letter: 'a',
    icon: 'history',
    ...ofAll,
    component: AuditPage,
  },
  {
    route: '/account',
    title: 'Your account',
    group: 'You',
    letter: 'y',
    icon: 'user',
    isOfAll: false,
    from: 'agent',
    component: AccountPage,
  },
]
