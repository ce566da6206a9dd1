import type { ShownEndpoint, SignatureScheme } from '../../../../src/contract/webhook.ts'
import type { Fault } from '../../frame/problem.ts'

export interface Header {
  name: string
  value: string
}

/** An endpoint as it is typed. */
export interface WrittenEndpoint {
  url: string
  description: string
  events: string[]
  inboxes: string[]
  /** Null: those that it has are kept; nobody is shown their values. */
  headers: Header[] | null
  ratePerSecond: number | null
  ordered: boolean
  enabled: boolean
  /** Of the first secret alone. */
  scheme: SignatureScheme
}

export const newEndpoint: WrittenEndpoint = {
  url: '',
  description: '',
  events: ['chat.*', 'message.*'],
  inboxes: [],
  headers: [],
  ratePerSecond: null,
  ordered: false,
  enabled: true,
  scheme: 'v1',
}

export const writtenOf = ({ url, description, events, inboxes, ...endpoint }: ShownEndpoint): WrittenEndpoint => ({
  ...{ url, description, events, inboxes },
  headers: endpoint.headers.length === 0 ? [] : null,
  ratePerSecond: endpoint.ratePerSecond,
  ordered: endpoint.ordered,
  enabled: endpoint.enabled,
  scheme: 'v1',
})

/** What was typed over, so that two people who change different things do not undo each other. */
export function writtenChanges(before: WrittenEndpoint, { scheme: _, ...now }: WrittenEndpoint): object {
  const was = new Map<string, unknown>(Object.entries(before))
  const isChanged = ([name, value]: [string, unknown]) => JSON.stringify(value) !== JSON.stringify(was.get(name))
  return Object.fromEntries(Object.entries(now).filter(isChanged))
}

/** A password that was not typed again would be sent as nothing. */
export const emptyHeaders = (headers: readonly Header[] | null): Fault[] =>
  (headers ?? []).flatMap(({ value }, index) =>
    value === '' ? [{ path: `headers.${index}.value`, problem: 'Type the value.' }] : [],
  )
