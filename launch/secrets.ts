import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Secrets = z.object({
  service: z.string(),
  adminKey: z.string(),
  slackToken: z.string(),
  slackSigning: z.string(),
  zendeskClient: z.string(),
  zendeskSecret: z.string(),
  zendeskWebhook: z.string(),
})
export type Secrets = z.infer<typeof Secrets>

/** Made once for this folder of data, readable by its owner alone. */
export function keepSecrets(data: string): Secrets {
  const file = join(data, 'secrets.json')
  if (existsSync(file)) return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')))
  const random = () => randomBytes(24).toString('hex')
  const secrets: Secrets = {
    service: random(),
    adminKey: random(),
    slackToken: `xoxb-${random()}`,
    slackSigning: random(),
    zendeskClient: 'deskbridge-sandbox',
    zendeskSecret: random(),
    zendeskWebhook: random(),
  }
  mkdirSync(data, { recursive: true })
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  return secrets
}
