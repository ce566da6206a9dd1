import type { ZendeskApi } from '../api.ts'
import { fieldTitled } from '../fields.ts'
import type { Piece } from './piece.ts'

/** A text field of tickets, known by its title. */
export const ticketField = (api: Pick<ZendeskApi, 'fields' | 'createField'>, title: string): Piece => ({
  name: `the ticket field ${title}`,
  shared: true,
  async look() {
    return fieldTitled(title, await api.fields()) === null ? { kind: 'missing' } : { kind: 'there' }
  },
  async put() {
    await api.createField(title)
  },
  remove: null,
  kept: 'tickets hold its values, which would go with it',
})
