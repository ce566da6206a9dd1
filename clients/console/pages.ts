import type { AnyComponent } from 'preact'
import { AccountPage } from './account/page.tsx'
import { AuditPage } from './audit/page.tsx'
import { CannedPage } from './canned/page.tsx'
import { ConnectorsPage } from './connectors/page.tsx'
import type { IconName } from './frame/icon.tsx'
import { InboxesPage } from './inboxes/page.tsx'
import { KeysPage } from './keys/page.tsx'
import { OverviewPage } from './overview/page.tsx'
import { PeoplePage } from './people/page.tsx'
import { QueuesPage } from './queues/page.tsx'
import { WebhooksPage } from './webhooks/page.tsx'

export interface PageEntry {
  /** Below `/console`. A part that begins with a colon is the page's own. */
  route: string
  title: string
  group: 'Start' | 'Support' | 'Developers' | 'Installation' | 'You'
  /** Follows `g` on the keyboard. */
  letter: string
  icon: IconName
  /** Of the whole installation: not for administrators of some inboxes. */
  isOfAll: boolean
  component: AnyComponent
}

const ofAll = { isOfAll: true }
const ofSome = { isOfAll: false }

/** The one list of the console's pages, in the order of the navigation. */
export const pages: readonly PageEntry[] = [
  { route: '/', title: 'Overview', group: 'Start', letter: 'o', icon: 'home', ...ofSome, component: OverviewPage },
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
    ...ofSome,
    component: AccountPage,
  },
]
