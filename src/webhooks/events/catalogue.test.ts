import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { webhookPayloads, webhookTypes } from '../../contract/webhook-event.ts'
import { catalogue } from './catalogue.ts'
import { untold } from './type-of.ts'

const guide = readFileSync(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8')

const sectionOf = (title: string) => guide.split(/^## /m).find((section) => section.startsWith(title)) ?? ''
const rowsOf = (title: string) =>
  [...sectionOf(title).matchAll(/^\| `([a-z_.]+)` +\| (.*?) *\|$/gm)].map(([, name, text]) => [name, text])

const shown = [...sectionOf('Examples').matchAll(/^### `([a-z_.]+)`\n\n```json\n(.*?)```/gms)].map(
  ([, type, json = '']) => [type, JSON.parse(json)],
)

it('has the table of events that the guide for administrators shows', () => {
  expect(rowsOf('The events')).toEqual(catalogue().map(({ type, description }) => [type, description]))
})

it('says in the guide of which events of the log nothing is told, and why', () => {
  expect(rowsOf('What is not told')).toEqual(Object.entries(untold))
})

it('makes the examples of the guide', () => {
  expect(shown).toEqual(catalogue().map(({ type, example }) => [type, JSON.parse(JSON.stringify(example))]))
})

it.each(webhookTypes)('has an example of %s in its own form, and a schema that forbids no further field', (type) => {
  const entry = catalogue().find((one) => one.type === type)
  expect(webhookPayloads[type].parse(entry?.example)).toEqual(entry?.example)
  expect(entry?.schema).toMatchObject({
    ...{ type: 'object', description: entry?.description, required: ['type', 'timestamp', 'data'] },
    properties: { type: { const: type }, data: { type: 'object' } },
  })
  expect(JSON.stringify(entry?.schema)).not.toContain('"additionalProperties":false')
})
