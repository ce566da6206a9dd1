import type { SignIns } from '../../../bridge/port/asked.ts'
import { DeskbridgeError } from '../../../contract/errors.ts'
import type { SidebarPage } from '../../../contract/sidebar.ts'
import type { Logger } from '../../../platform/log-output.ts'
import type { ZendeskApi } from '../api.ts'
import { isStaff } from '../staff.ts'
import { createWhoseWord, type WhoseWordDeps } from './whose-word.ts'

export interface SidebarSignInDeps extends WhoseWordDeps {
  api: Pick<ZendeskApi, 'showUser' | 'verifiedEmails'>
  signIns: SignIns
  logger: Logger
}

interface Opened {
  status: 200 | 401 | 403 | 503
  page: SidebarPage
}

/** Signs in here whoever Zendesk says opened the page: our agent of the same email, which Zendesk must have verified. */
export function createSidebarSignIn(deps: SidebarSignInDeps): (token: string | undefined) => Promise<Opened> {
  const whoseWord = createWhoseWord(deps)

  const agentFor = async (user: string) => {
    const shown = await deps.api.showUser(user)
    if (!isStaff(shown)) return null
    for (const email of await deps.api.verifiedEmails(user)) {
      const signedIn = await deps.signIns.vouchedFor(email, 'Zendesk')
      if (signedIn) return signedIn
    }
    return null
  }

  return async (token) => {
    try {
      const signedIn = await agentFor(await whoseWord(token ?? ''))
      if (!signedIn) return refused(403, 'Ask your administrator for a Deskbridge account with your email in Zendesk.')
      return { status: 200, page: { kind: 'signed_in', ...signedIn } }
    } catch (error) {
      if (error instanceof DeskbridgeError && error.code === 'unauthorized')
        return refused(
          401,
          'Zendesk did not say who you are. Reload the ticket; if it stays, run bin/deskbridge doctor.',
        )
      deps.logger.warn({ err: error }, 'the sidebar could not sign somebody in')
      return refused(503, 'Deskbridge could not ask Zendesk who you are. Reload the ticket in a moment.')
    }
  }
}

const refused = (status: 401 | 403 | 503, why: string): Opened => ({ status, page: { kind: 'refused', why } })
