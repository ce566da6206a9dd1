import { CannedPage, CreateCanned, type ShownCanned } from '../../contract/canned.ts'
import { readTemplate } from '../../contract/template.ts'
import type { AdminApi } from '../admin-api.ts'
import { onOneLine } from '../on-one-line.ts'
import { createSection } from '../section.ts'

const path = '/api/admin/canned'
const Shown = CreateCanned.strip()

const Item = CreateCanned.superRefine(({ text }, context) => {
  for (const { position, problem } of readTemplate(text).problems)
    context.addIssue({ code: 'custom', path: ['text'], message: `${problem} (character ${position + 1} of the text)` })
})

const within = ({ inbox }: CreateCanned, word: string) => `${inbox ?? '*'}/${word.toLowerCase()}`

/** Known by its shortcut, else by its name, of which several may be the same. */
export const cannedResponses = createSection<CreateCanned, ShownCanned>({
  name: 'cannedResponses',
  about: 'Texts that are kept ready: docs/canned-responses.md. Without an inbox: for all of them.',
  item: Item,
  title: ({ name, inbox }) =>
    `canned response '${onOneLine(name)}' of ${inbox === null ? 'all inboxes' : `'${inbox}'`}`,
  keys: [
    { of: (one) => (one.shortcut === null ? null : within(one, one.shortcut)), isUnique: true },
    { of: (one) => within(one, one.name), isUnique: false },
  ],
  references: ({ inbox }) => (inbox === null ? [] : [{ section: 'inboxes', key: inbox, path: ['inbox'] }]),
  read,
  itemOf: (kept) => Shown.parse(kept),
  create: (api, response) => api.send('POST', path, response),
  change: (api, { id, version }, response) => api.send('PATCH', `${path}/${id}`, { ...response, version }),
  prune: { kind: 'remove', remove: (api, { id, version }) => api.send('DELETE', `${path}/${id}?version=${version}`) },
})

async function read(api: AdminApi): Promise<ShownCanned[]> {
  const all: ShownCanned[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) })
    const page: CannedPage = await api.get(`${path}?${query}`, CannedPage)
    all.push(...page.responses)
    cursor = page.cursor
  }
  return all
}
