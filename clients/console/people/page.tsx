import { useMemo, useState } from 'preact/hooks'
import type { ShownAgent } from '../../../src/contract/agent.ts'
import { useFrame } from '../frame/frame.ts'
import { Icon } from '../frame/icon.tsx'
import { useLoad } from '../frame/load.ts'
import { Filter } from '../parts/filter.tsx'
import { Blank, List } from '../parts/list.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { SecretDialog } from '../parts/secret-dialog.tsx'
import { Table } from '../parts/table.tsx'
import { type Invited, peopleCalls } from './calls.ts'
import { columns } from './columns.tsx'
import { countOf, findPeople, type PeopleFilter } from './find-people.ts'
import { PersonPanel } from './panel.tsx'

const everybody: PeopleFilter = { words: '', team: '', skill: '', isWithGone: false }

export function PeoplePage() {
  const { api, tell } = useFrame()
  const calls = useMemo(() => peopleCalls(api), [api])
  const loaded = useLoad(calls.list, [])
  const { data: inboxes } = useLoad(calls.inboxes, [])
  const [filter, setFilter] = useState(everybody)
  const [open, setOpen] = useState<ShownAgent | 'new' | null>(null)
  const [invited, setInvited] = useState<Invited | null>(null)

  return (
    <>
      <PageHead title="People" about="Who answers chats, what they know, and how many they take at once.">
        <button type="button" class="act main" data-test="new" onClick={() => setOpen('new')}>
          <Icon name="plus" />
          Add somebody
        </button>
      </PageHead>
      <List loaded={loaded} isEmpty={(people) => people.length === 0} empty={<Nobody />}>
        {(people) => (
          <>
            <PeopleFilters people={people} filter={filter} onChange={setFilter} />
            <Table
              label="People"
              rows={findPeople(people, filter)}
              columns={columns}
              keyOf={({ id }) => id}
              onOpen={(person) => setOpen(person)}
              isDim={({ active }) => !active}
            />
          </>
        )}
      </List>
      {open && (
        <PersonPanel
          key={open === 'new' ? 'new' : open.id}
          calls={calls}
          person={open === 'new' ? null : open}
          people={loaded.data ?? []}
          inboxes={inboxes ?? []}
          onClose={() => setOpen(null)}
          onInvited={setInvited}
          onDone={(what) => {
            setOpen(null)
            tell(what)
            loaded.again()
          }}
        />
      )}
      {invited && <InvitationDialog invited={invited} onClose={() => setInvited(null)} />}
    </>
  )
}

interface PeopleFiltersProps {
  people: readonly ShownAgent[]
  filter: PeopleFilter
  onChange(filter: PeopleFilter): void
}

function PeopleFilters({ people, filter, onChange }: PeopleFiltersProps) {
  const choicesOf = (field: 'teams' | 'skills') =>
    countOf(people, field).map(([word, count]) => [word, `${word} (${count})`] as const)
  return (
    <div class="filters">
      <SearchField label="Search people" value={filter.words} onChange={(words) => onChange({ ...filter, words })} />
      <Filter
        label="Team"
        value={filter.team}
        choices={choicesOf('teams')}
        onChange={(team) => onChange({ ...filter, team })}
      />
      <Filter
        label="Skill"
        value={filter.skill}
        choices={choicesOf('skills')}
        onChange={(skill) => onChange({ ...filter, skill })}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={filter.isWithGone}
          onChange={(event) => onChange({ ...filter, isWithGone: event.currentTarget.checked })}
        />
        <span>Also deactivated</span>
      </label>
    </div>
  )
}

const InvitationDialog = ({ invited: { name, invitation }, onClose }: { invited: Invited; onClose(): void }) => (
  <SecretDialog
    title={`Invitation for ${name}`}
    about="Send them this link. It lets them choose a password, once, within seven days."
    label="The link"
    warning="You will not see this link again. Whoever has it can choose the password."
    done="I have copied it"
    secret={`${location.origin}/console/invitation#${invitation.token}`}
    onClose={onClose}
  />
)

const Nobody = () => <Blank title="Nobody yet" text="Add those who answer chats. They sign in by an invitation." />
