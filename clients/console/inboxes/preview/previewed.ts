import type { Inbox } from '../../../../src/contract/inbox.ts'

/** What the editor tells the page that shows the widget. */
export interface Previewed extends Pick<Inbox, 'look' | 'greeting'> {
  kind: 'deskbridge:preview'
}

export const isPreviewed = (data: unknown): data is Previewed => Object(data).kind === 'deskbridge:preview'
