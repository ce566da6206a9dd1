import { errors, importSPKI, jwtVerify } from 'jose'
import { DeskbridgeError } from '../../../contract/errors.ts'
import type { Renewable } from '../renewable.ts'

/** Zendesk's clock and ours. s */
const clockTolerance = 10

/** Our app in the account: with what the account signs for it, and where it is installed. */
export interface OurApp {
  publicKeyPem: string
  installations: readonly string[]
}

export interface WhoseWordDeps {
  /** The account's own address. */
  url: string
  /** Null: set-up was not run. */
  app: Renewable<OurApp>
  now(): number
}

/**
 * The id of the user whom the account's word is for: a token that it signs with our app's key when it opens the app's page,
 * good for about two minutes. Throws `unauthorized`, and what asking the account throws.
 */
export function createWhoseWord({ url, app, now }: WhoseWordDeps): (token: string) => Promise<string> {
  const origin = new URL(url).origin
  const users = `${origin}/api/v2/users/`

  const check = async (token: string, { publicKeyPem, installations }: OurApp): Promise<string | null> => {
    const audience = installations.map((id) => `${origin}/api/v2/apps/installations/${id}.json`)
    const key = await importSPKI(publicKeyPem, 'RS256')
    const options = { algorithms: ['RS256'], audience, currentDate: new Date(now()), clockTolerance }
    try {
      const { payload } = await jwtVerify(token, key, { ...options, requiredClaims: ['exp', 'sub'] })
      const { sub = '' } = payload
      return sub.startsWith(users) ? (/^(\d+)\.json$/.exec(sub.slice(users.length))?.[1] ?? null) : null
    } catch (error) {
      if (error instanceof errors.JOSEError) return null
      throw error
    }
  }

  return async (token) => {
    for (const ask of [app.known, app.renewed]) {
      const ours = await ask()
      const user = ours && (await check(token, ours))
      if (user) return user
    }
    throw new DeskbridgeError('unauthorized')
  }
}
