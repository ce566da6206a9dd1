import type { ShownAgent } from '../../../src/contract/agent.ts'
import type { Inbox } from '../../../src/contract/inbox.ts'
import type { ShownNode } from '../../../src/contract/node.ts'
import type { Api } from '../frame/api.ts'
import { useFrame } from '../frame/frame.ts'
import { useLoad } from '../frame/load.ts'

interface Figure {
  title: string
  value: string
  more: string
  href?: string
}

/** What somebody wants to know who opens the console in the morning. */
export function Figures() {
  const { api } = useFrame()
  const { data, problem } = useLoad(() => readFigures(api), [api])
  if (problem) return null
  return (
    <dl class="figures">
      {(data ?? waiting).map(({ title, value, more, href }) => (
        <div key={title}>
          <dt>{href ? <a href={href}>{title}</a> : title}</dt>
          <dd>
            <strong>{value}</strong> <span class="muted">{more}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

const waiting: readonly Figure[] = ['Online', 'Chats in hand', 'Inboxes', 'Processes'].map((title) => ({
  title,
  value: '–',
  more: '',
}))

async function readFigures(api: Api): Promise<readonly Figure[]> {
  const [{ agents }, { inboxes }, { nodes }] = await Promise.all([
    api.get<{ agents: ShownAgent[] }>('/api/admin/agents'),
    api.get<{ inboxes: Inbox[] }>('/api/admin/inboxes'),
    api.get<{ nodes: ShownNode[] }>('/api/admin/nodes'),
  ])
  const active = agents.filter(({ active }) => active)
  const sum = (of: (agent: ShownAgent) => number) => active.reduce((total, agent) => total + of(agent), 0)
  const online = active.filter(({ status }) => status === 'online').length
  const ready = nodes.filter(({ state }) => state === 'ready').length
  return [
    { title: 'Online', value: String(online), more: `of ${active.length} people`, href: '/console/people' },
    {
      title: 'Chats in hand',
      value: String(sum(({ chats }) => chats)),
      more: `of ${sum(({ takes }) => takes)} at once`,
    },
    {
      title: 'Inboxes',
      value: String(inboxes.filter(({ enabled }) => enabled).length),
      more: 'take new chats',
      href: '/console/inboxes',
    },
    { title: 'Processes', value: String(ready), more: `of ${nodes.length} ready` },
  ]
}
