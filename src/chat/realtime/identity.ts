import type { Identity } from '../../access/tokens.ts'
import type { Caller } from '../chat.ts'
import type { Reader } from './project-for.ts'

export const callerOf = (identity: Identity): Extract<Caller, { kind: 'visitor' | 'agent' }> =>
  identity.kind === 'agent'
    ? { kind: 'agent', id: identity.id, name: identity.name }
    : { kind: 'visitor', id: identity.id, ...(identity.name && { name: identity.name }) }

export const readerOf = (identity: Identity): Reader => ({ kind: identity.kind, id: identity.id })
