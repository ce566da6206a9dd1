/** As much of Zendesk's client as is used here. Its SDK is loaded beside this script, from Zendesk. */
interface ZafClient {
  get(path: string): Promise<Record<string, unknown>>
  on(event: string, listener: (data: unknown) => void): void
  invoke(name: string, options: object): Promise<unknown>
}
declare const ZAFClient: { init(): ZafClient | false } | undefined

export type Scheme = 'light' | 'dark'

/** The ticket beside which the page is shown. */
export interface Ticket {
  /** Of the chat that it came from; null: it came from elsewhere. */
  sessionId(): Promise<string | null>
  followColours(use: (scheme: Scheme) => void): void
}

const height = '560px'

/** Null: the page is not in Zendesk. */
export function openTicket(): Ticket | null {
  const client = typeof ZAFClient === 'undefined' ? false : ZAFClient.init()
  if (!client) return null
  void client.invoke('resize', { width: '100%', height }).catch(() => {})
  return {
    async sessionId() {
      const { 'ticket.externalId': id } = await client.get('ticket.externalId')
      return typeof id === 'string' && id.startsWith('ses_') ? id : null
    },
    followColours(use) {
      const take = (scheme: unknown) => use(scheme === 'dark' ? 'dark' : 'light')
      // Accounts without the choice are light.
      client.get('colorScheme').then(
        ({ colorScheme }) => take(colorScheme),
        () => take('light'),
      )
      client.on('colorScheme.changed', take)
    },
  }
}
