import type { ChatListName } from '../../../../src/contract/lists.ts'
import { useFrame } from '../../frame/frame.ts'
import { addressOfList, listNames } from '../address.ts'
import { viewOf } from '../desk/rows.ts'
import { useDesk } from '../desk/use-desk.tsx'

export const listTitles: Record<ChatListName, string> = { queue: 'Queue', mine: 'Mine', all: 'All', closed: 'Closed' }

/** The lists with how much is in them. How many were ever closed is nobody's concern. */
export function ListTabs({ list }: { list: ChatListName }) {
  const { me } = useFrame()
  const { rows, lists } = useDesk()
  const countOf = (name: ChatListName): number => {
    const known = viewOf(rows, name, me.id).length
    return lists[name].cursor === null ? known : Math.max(known, lists[name].total)
  }
  return (
    <nav class="list-tabs" aria-label="Lists">
      {listNames.map((name) => (
        <a
          key={name}
          href={addressOfList(name)}
          aria-current={name === list ? 'page' : undefined}
          data-test={`list-${name}`}
        >
          {listTitles[name]}
          {name !== 'closed' && <span class="count">{countOf(name)}</span>}
        </a>
      ))}
    </nav>
  )
}
