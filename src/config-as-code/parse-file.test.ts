import { expect, it } from 'vitest'
import { DeskbridgeError } from '../contract/errors.ts'
import { parseFile } from './parse-file.ts'
import { sections } from './sections.ts'

function problemsOf(text: string): string[] {
  try {
    parseFile(text, sections)
    return []
  } catch (error) {
    const details = error instanceof DeskbridgeError ? error.details : null
    if (!Array.isArray(details)) throw error
    return details.map(({ path, problem }) => `${path}: ${problem}`)
  }
}

it('tells all that is wrong, and where', () => {
  const text = `version: 1
inboxes:
  - key: shop
    allowedOrigins: ["*"]
    hours:
      timeZone: Europe/Atlantis
      weekly:
        mon: [{ from: "01:60", to: "17:00" }]
        monday: []
  - key: Books
    name: Books
    allowedOrigins:
      - https://books.example
      - https://books.example/
cannedResponses:
  - { name: Greeting, text: "Hello {{agent.nmae}}" }
webhook: []
`
  expect(problemsOf(text).sort()).toEqual([
    'cannedResponses[0].text: unknown variable: agent.nmae (character 7 of the text) (line 16, column 29)',
    'inboxes[0].hours.timeZone: must be an IANA time zone such as Europe/Lisbon (line 6, column 17)',
    'inboxes[0].hours.weekly.mon[0].from: must be a time such as 09:30 (line 8, column 23)',
    'inboxes[0].hours.weekly.monday: there is no such setting (line 9, column 9)',
    'inboxes[0].name: is missing (line 3, column 5)',
    'inboxes[1].allowedOrigins[1]: must be an origin such as https://shop.example, in lower case and without a path, or * (line 14, column 9)',
    expect.stringMatching(/^inboxes\[1\].key: .*\(line 10, column 10\)$/),
    'webhook: there is no such setting (line 17, column 1)',
  ])
})

it.each([
  ['nothing', '', ['the file: Invalid input: expected object, received null (line 1, column 1)']],
  ['a list', '- 1\n', ['the file: Invalid input: expected object, received array (line 1, column 1)']],
  ['no version', 'inboxes: []\n', ['version: is missing (line 1, column 1)']],
  ['a version to come', 'version: 2\n', ['version: must be 1: this release reads no other (line 1, column 10)']],
  ['a section that is not begun', 'version: 1\ninboxes:\n', [/^inboxes: .*expected array, received null \(line 2/]],
  ['one name twice', 'version: 1\nversion: 1\n', ['YAML: Map keys must be unique (line 2, column 1)']],
  ['a bracket that is open', 'version: 1\ninboxes: [\n', [/^YAML: .* \(line 3, column 1\)$/]],
  ['a tag', 'version: !!js/function 1\n', [/^YAML: Unresolved tag.* \(line 1, column 10\)$/, /^version/]],
  ['two documents', 'version: 1\n---\nversion: 1\n', [/^YAML: .*multiple documents.* \(line/]],
])('refuses %s', (_, text, problems) => {
  const told = problemsOf(text)
  expect(told).toEqual(
    problems.slice(0, told.length).map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))),
  )
  expect(told.length).toBeGreaterThan(0)
})

it('refuses aliases that stand for more than there is memory', () => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const inside = level === 0 ? '"x"' : Array.from({ length: 9 }, () => `*l${level - 1}`).join(', ')
    return `l${level}: &l${level} [${inside}]`
  })
  expect(problemsOf(['version: 1', ...levels].join('\n'))).toEqual([expect.stringMatching(/^YAML: Excessive alias/)])
})

it('follows an alias to what is wrong', () => {
  const text = `version: 1
inboxes:
  - { key: a, name: A, allowedOrigins: &sites [nowhere] }
  - { key: b, name: B, allowedOrigins: *sites }
`
  expect(problemsOf(text)).toEqual(
    ['inboxes[0].allowedOrigins[0]', 'inboxes[1].allowedOrigins[0]'].map((path) =>
      expect.stringMatching(
        new RegExp(`^${path.replaceAll(/[[\]]/g, '\\$&')}: must be an origin.*\\(line 3, column 48\\)$`),
      ),
    ),
  )
})

it('refuses two of one key', () => {
  const text = `version: 1
inboxes:
  - { key: shop, name: A, allowedOrigins: ["*"] }
  - { key: shop, name: B, allowedOrigins: ["*"] }
cannedResponses:
  - { name: A, shortcut: hi, text: a }
  - { name: B, shortcut: hi, text: b, inbox: shop }
  - { name: C, shortcut: HI, text: c }
  - { name: A, text: a }
`
  expect(problemsOf(text)).toEqual([
    "inboxes[1]: is the second one of 'shop' (line 4, column 5)",
    "cannedResponses[2]: is the second one of '*/hi' (line 8, column 5)",
  ])
})
