import { type ClientMessageId, EventKey } from '../../contract/ids.ts'

interface Participant {
  kind: 'visitor' | 'agent' | 'admin'
  id: string
}

/** Whose something is in a chat. It has one visitor, who may become known in the middle of it under another id. */
export const participantIn = ({ kind, id }: Participant): string => (kind === 'visitor' ? kind : id)

/** Namespaced by the participant: nobody can guess or take another's. */
export const messageKeyPrefix = (participant: Participant): string => `c:${participantIn(participant)}:`

export const messageKey = (participant: Participant, id: ClientMessageId): EventKey =>
  EventKey.parse(messageKeyPrefix(participant) + id)
