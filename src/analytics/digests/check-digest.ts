import type { Digest } from '../../contract/analytics.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { DigestWays } from './ways.ts'

/** Throws `mail_not_configured`, `slack_not_configured` for one that could not leave. */
export function checkDigest(ways: DigestWays, { to }: Pick<Digest, 'to'>): void {
  switch (to.kind) {
    case 'email':
      if (!ways.mail) throw new DeskbridgeError('mail_not_configured')
      return
    case 'slack':
      if (!ways.slack)
        throw new DeskbridgeError('slack_not_configured', {
          message: 'Slack is not connected; set its variables first.',
        })
  }
}
