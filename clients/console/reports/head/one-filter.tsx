import { useState } from 'preact/hooks'
import type { Days } from '../../../../src/contract/view-days.ts'
import { useLoad } from '../../frame/load.ts'
import { Filter } from '../../parts/filter.tsx'
import type { ReportCalls } from '../calls.ts'
import { asFilter } from '../question/address.ts'
import { type Kind, kindNames, type OneOf } from '../question/question.ts'

interface OneFilterProps {
  calls: ReportCalls
  days: Days
  filter: OneOf
  onChange(filter: OneOf): void
}

/** The chats of one agent, team, channel or tag. It is one at a time, because figures of two at once are not kept. */
export function OneFilter({ calls, days, filter, onChange }: OneFilterProps) {
  /** Of which none is chosen yet. */
  const [next, setNext] = useState<Kind | null>(null)
  const kind = filter?.kind ?? next
  const { data } = useLoad(
    async () => (kind ? { kind, offered: await calls.offered(kind, days) } : null),
    [calls, kind, days.from, days.until],
  )
  const offered = data?.kind === kind ? (data?.offered ?? []) : []
  const value = filter?.value ?? ''
  const isKnown = value === '' || offered.some(([key]) => key === value)
  return (
    <>
      <Filter
        label="Chats of"
        all="Everybody"
        value={kind ?? ''}
        choices={kindNames.map(([one, name]) => [one, `One ${name.toLowerCase()}`])}
        onChange={(chosen) => {
          setNext(kindNames.find(([one]) => one === chosen)?.[0] ?? null)
          if (filter) onChange(null)
        }}
      />
      {kind && (
        <Filter
          label={kindNames.find(([one]) => one === kind)?.[1] ?? ''}
          all="Choose…"
          {...{ value }}
          choices={isKnown ? offered : [...offered, [value, value]]}
          onChange={(chosen) => {
            setNext(chosen === '' ? kind : null)
            onChange(chosen === '' ? null : asFilter(kind, chosen))
          }}
        />
      )}
    </>
  )
}
