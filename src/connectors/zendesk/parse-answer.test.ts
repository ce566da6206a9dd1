import { expect, it } from 'vitest'
import { parseRefusal } from './parse-answer.ts'

const refusalOf = (details: unknown, error: unknown = 'RecordInvalid') =>
  parseRefusal(Response.json({ error, description: 'Record validation errors', details }, { status: 422 }))

const field = { ticket_field_id: 360001, ticket_field_type: 'FieldTagger' }

it.each([
  ['a property', { status: [{ description: 'closed prevents ticket update' }] }, ['status']],
  [
    'its own word',
    { requester: [{ description: 'Ana is suspended', error: 'UserSuspended' }] },
    ['requester: UserSuspended'],
  ],
  [
    'ticket fields',
    {
      base: [
        { ...field, error: null },
        { ...field, ticket_field_id: 2 },
      ],
    },
    ['ticket field 360001 (FieldTagger)', 'ticket field 2 (FieldTagger)'],
  ],
  ['both', { base: [{ ...field, error: 'BlankValue' }] }, ['ticket field 360001 (FieldTagger): BlankValue']],
  ['the same twice', { base: [{}, {}] }, ['base']],
])('tells what a refusal is about: %s', async (_what, details, about) => {
  expect(await refusalOf(details)).toEqual({ code: 'RecordInvalid', fields: Object.keys(details), about })
})

it('keeps no sentence, which may repeat what a visitor wrote', async () => {
  const said = { description: 'my secret', error: 'my secret words', ticket_field_type: 'my secret' }
  expect(JSON.stringify(await refusalOf({ base: [said], email: 'my secret' }))).not.toContain('secret')
})

it.each([
  ['a page', '<html>'],
  ['a list', '[]'],
  ['nothing', ''],
])('makes nothing of %s', async (_what, body) => {
  expect(await parseRefusal(new Response(body, { status: 422 }))).toEqual({ code: '', fields: [], about: [] })
})
