import type { BlockTarget } from '../../contract/abuse.ts'
import type { VisitorId } from '../../contract/ids.ts'
import { addressOf, bitsOf, prefixOf, rangeOf } from '../../platform/http/address.ts'

/** What is known of somebody who wants to come in or to write. */
export interface Suspect {
  inbox: string
  visitor?: VisitorId | undefined
  email?: string | undefined
  ip?: string | undefined
}

/** A block as far as it decides. `until`: epoch ms. */
export interface Rule {
  target: BlockTarget
  inbox: string | null
  until: number | null
}

export interface BlockSet {
  /** Nobody is blocked, so that nothing need be found out about a suspect. */
  isEmpty: boolean
  blocks(suspect: Suspect, now: number): boolean
}

/**
 * Every target is a text that is looked up, whatever the number of blocks. An address has as many texts as there are
 * lengths of prefixes in use, 161 at most.
 */
export function createBlockSet(rules: readonly Rule[]): BlockSet {
  const byTarget = new Map<string, Rule[]>()
  const lengths = { 32: new Set<number>(), 128: new Set<number>() }
  for (const rule of rules) {
    const key = targetKey(rule.target)
    if (key === null) continue
    byTarget.set(key, [...(byTarget.get(key) ?? []), rule])
    const range = rule.target.kind === 'address' ? rangeOf(rule.target.range) : null
    if (range) lengths[bitsOf(range.address)].add(range.bits)
  }

  const addressKeys = (ip: string): string[] => {
    const address = addressOf(ip)
    return address ? [...lengths[bitsOf(address)]].map((bits) => addressKey(prefixOf(address, bits))) : []
  }

  return {
    isEmpty: byTarget.size === 0,
    blocks({ inbox, visitor, email, ip }, now) {
      const keys = [
        ...(visitor ? [visitorKey(visitor)] : []),
        ...(email ? emailKeys(email) : []),
        ...(ip ? addressKeys(ip) : []),
      ]
      return keys.some((key) => byTarget.get(key)?.some((rule) => counts(rule, inbox, now)))
    },
  }
}

const counts = (rule: Rule, inbox: string, now: number): boolean =>
  (rule.inbox === null || rule.inbox === inbox) && (rule.until === null || rule.until > now)

/** One text for one target, however it is spelt. `null`: no address. */
export function targetKey(target: BlockTarget): string | null {
  switch (target.kind) {
    case 'visitor':
      return visitorKey(target.visitor)
    case 'email':
      return emailKey(target.email)
    case 'address': {
      const range = rangeOf(target.range)
      return range && addressKey(prefixOf(range.address, range.bits))
    }
  }
}

const visitorKey = (visitor: VisitorId) => `visitor:${visitor}`
const emailKey = (email: string) => `email:${email.toLowerCase()}`
const addressKey = (prefix: string) => `address:${prefix}`

/** The address itself, and all of its domain. */
const emailKeys = (email: string): string[] => [
  emailKey(email),
  emailKey(`*@${email.slice(email.lastIndexOf('@') + 1)}`),
]
