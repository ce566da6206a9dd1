import type { AuditEntry, AuditType } from '../../../src/contract/audit.ts'

const things: Readonly<Record<AuditType, string>> = {
  agent: 'an agent',
  block: 'a block',
  canned_response: 'a canned response',
  connector: 'a connector',
  delivery: 'a webhook’s delivery',
  endpoint: 'a webhook’s endpoint',
  identity_key: 'an identity key',
  inbox: 'an inbox',
  key: 'an API key',
  other: 'the installation',
  report_view: 'a saved view',
  slack_installation: 'a Slack workspace',
  visitor: 'a visitor’s data',
}

const isType = (name: string): name is AuditType => Object.hasOwn(things, name)
/** In the order in which they are offered. */
export const auditTypes: readonly AuditType[] = Object.keys(things).filter(isType)

/** A type that a newer service has is named as it is. */
export const nameOfType = (type: AuditType): string => things[type] ?? type.replaceAll('_', ' ')

/** What routes do that are no plain making, changing or removing. */
const acts: readonly [ending: string, words: string][] = [
  ['/invitation', 'Invited'],
  ['/deactivate', 'Deactivated'],
  ['/reactivate', 'Reactivated'],
  ['/password', 'Set the password of'],
  ['/sessions', 'Signed out'],
  ['/token', 'Made a token for'],
  ['/picture', 'Changed the picture of'],
  ['/pause', 'Paused'],
  ['/resume', 'Resumed'],
  ['/retry', 'Tried again'],
  ['/secrets', 'Made a new secret for'],
  ['/test', 'Tested'],
  ['/recover', 'Recovered what failed at'],
  ['/replays', 'Replayed events to'],
  ['/resend', 'Sent again'],
  ['/send', 'Sent'],
  ['/export', 'Exported'],
  ['/erase', 'Erased'],
]

const plain: Readonly<Record<string, string>> = { POST: 'Made', PUT: 'Set', PATCH: 'Changed', DELETE: 'Removed' }

/** `Changed an inbox`. */
export function whatWasDone({ method, path, subject }: Pick<AuditEntry, 'method' | 'path' | 'subject'>): string {
  const act = acts.find(([ending]) => path.endsWith(ending))?.[1] ?? plain[method] ?? method
  return `${act} ${nameOfType(subject.type)}`
}

/** What it is called, now or before; else its id. */
export function nameOfSubject({ before, after, subject }: Pick<AuditEntry, 'before' | 'after' | 'subject'>): string {
  const name = after?.name ?? before?.name
  return typeof name === 'string' ? name : (subject.id ?? '')
}
