import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { ChangeInbox, Inbox } from './inbox.ts'

const documentation = readFileSync(new URL('../../docs/inboxes.md', import.meta.url), 'utf8')
const block = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(documentation)?.[1] ?? ''

/** The rows of the table of settings: `path` → default as JSON. */
const rows = new Map(
  [...documentation.matchAll(/^\| `([a-zA-Z.]+)` +\| (?:`(.*?)`|–) +\|/gm)].map(([, path, value]) => [path, value]),
)

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const leaves = (value: object, above = ''): [path: string, value: unknown][] =>
  Object.entries(value).flatMap(([name, below]) =>
    isGroup(below) ? leaves(below, `${above}${name}.`) : [[`${above}${name}`, below]],
  )

it('has the defaults that the documentation says', () => {
  const given = { key: 'desk', name: 'Desk', allowedOrigins: ['*'] }
  const defaults = leaves(Inbox.parse(given)).filter(([path]) => !(path in given))
  expect(defaults.map(([path, value]) => [path, JSON.stringify(value)])).toEqual(
    defaults.map(([path]) => [path, rows.get(path)]),
  )
})

it('takes the examples of the documentation', () => {
  const { inboxes } = z.object({ inboxes: z.array(Inbox) }).parse(parse(block('yaml')))
  const change = ChangeInbox.parse(JSON.parse(/-d '(.*)'/.exec(block('sh'))?.[1] ?? ''))
  expect([inboxes.map(({ key }) => key), Object.keys(change)]).toEqual([
    ['default', 'shop'],
    ['greeting', 'outsideHours'],
  ])
})

it('changes nothing that a change does not name', () => {
  expect(ChangeInbox.parse({})).toEqual({})
})
