import { useState } from 'preact/hooks'
import type { SlackInstallation, SlackInstallLink } from '../../../src/contract/slack-installation.ts'
import { type Question, useFrame } from '../frame/frame.ts'
import { Icon } from '../frame/icon.tsx'
import { useLoad } from '../frame/load.ts'
import { Ago } from '../parts/ago.tsx'
import { Badge } from '../parts/badge.tsx'
import { Blank, List } from '../parts/list.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { useAct } from './act.ts'
import type { WorkspaceCalls } from './calls.ts'
import { InstallLinkDialog } from './install-link-dialog.tsx'

interface WorkspacesProps {
  calls: WorkspaceCalls
  isInstallable: boolean
}

/** Those to which the app was added by a link; the one of SLACK_BOT_TOKEN is not among them. */
export function Workspaces({ calls, isInstallable }: WorkspacesProps) {
  const { ask, tell } = useFrame()
  const loaded = useLoad(async () => (isInstallable ? await calls.list() : []), [isInstallable])
  const [link, setLink] = useState<SlackInstallLink | null>(null)
  const act = useAct()
  if (!isInstallable) return null
  const remove = async ({ team, name }: SlackInstallation) => {
    if (!(await ask(removing(name)))) return
    await act(
      () => calls.remove(team),
      () => {
        tell(`${name} was removed.`)
        loaded.again()
      },
    )
  }
  return (
    <section aria-labelledby="workspaces">
      <header class="filters">
        <h2 id="workspaces">Slack’s workspaces</h2>
        <span class="space" />
        <button type="button" class="act" data-test="add-workspace" onClick={() => void act(calls.makeLink, setLink)}>
          <Icon name="plus" />
          Add a workspace
        </button>
      </header>
      <List loaded={loaded} isEmpty={(all) => all.length === 0} empty={<NoWorkspaces />}>
        {(all) => <Table label="Workspaces" rows={all} columns={columns(remove)} keyOf={({ team }) => team} />}
      </List>
      {link && (
        <InstallLinkDialog
          url={link.url}
          onClose={() => {
            setLink(null)
            loaded.again()
          }}
        />
      )}
    </section>
  )
}

const columns = (remove: (one: SlackInstallation) => Promise<void>): Column<SlackInstallation>[] => [
  {
    title: 'Workspace',
    cell: ({ name, team }) => (
      <span class="two-lines">
        {name}
        <small>{team}</small>
      </span>
    ),
  },
  { title: 'Added', cell: ({ installedAt }) => <Ago at={installedAt} /> },
  {
    title: 'State',
    cell: ({ goneAt }) => (goneAt ? <Badge tone="bad">Gone</Badge> : <Badge tone="good">In use</Badge>),
  },
  {
    title: 'By hand',
    cell: (one) => (
      <button
        type="button"
        class="act small danger-quiet"
        aria-label={`Remove ${one.name}`}
        onClick={() => void remove(one)}
      >
        Remove
      </button>
    ),
  },
]

const removing = (name: string): Question => ({
  title: `Remove ${name}?`,
  text: 'Its token is revoked and forgotten. Chats whose threads are there wait until it is added again.',
  yes: 'Remove',
  isDangerous: true,
})

const NoWorkspaces = () => (
  <Blank title="No workspace was added" text="Make a link and hand it to whoever administers the workspace." />
)
