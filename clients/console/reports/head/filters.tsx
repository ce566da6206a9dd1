import type { Days } from '../../../../src/contract/view-days.ts'
import { useLoad } from '../../frame/load.ts'
import { Filter } from '../../parts/filter.tsx'
import type { ReportCalls } from '../calls.ts'
import { daysIn, periodNames, type Question } from '../question/question.ts'
import { DayField } from './day-field.tsx'
import { InboxFilter } from './inbox-filter.tsx'
import { OneFilter } from './one-filter.tsx'

export interface QuestionProps {
  question: Question
  onChange(change: Partial<Question>): void
}

interface FiltersProps extends QuestionProps {
  calls: ReportCalls
  today: string
}

const own = 'own'

/** What is asked for; all of it goes into the address. */
export function Filters({ calls, question, today, onChange }: FiltersProps) {
  const days = daysIn(question.period, today)
  const { data: inboxes } = useLoad(() => calls.offered('inbox', days), [calls, days.from, days.until])
  return (
    <search class="filters report-filters" aria-label="What is shown">
      <PeriodFilter {...{ question, days, onChange }} />
      <Filter
        label="Compare"
        all="Nothing"
        value={question.compare ?? ''}
        choices={comparisons}
        onChange={(to) => onChange({ compare: comparisons.find(([one]) => one === to)?.[0] ?? null })}
      />
      <Filter
        label="Hours"
        all={null}
        value={question.hours}
        choices={reckonings}
        onChange={(hours) => onChange({ hours: hours === 'business' ? 'business' : 'calendar' })}
      />
      <InboxFilter
        inboxes={inboxes ?? []}
        chosen={question.inboxes}
        onChange={(chosen) => onChange({ inboxes: chosen })}
      />
      <OneFilter {...{ calls, days }} filter={question.filter} onChange={(filter) => onChange({ filter })} />
    </search>
  )
}

const comparisons = [
  ['previous', 'Days before'],
  ['year', 'Year before'],
] as const
const reckonings = [
  ['calendar', 'All'],
  ['business', 'Business'],
] as const

interface PeriodFilterProps extends QuestionProps {
  days: Days
}

function PeriodFilter({ question: { period }, days, onChange }: PeriodFilterProps) {
  const choose = (name: string) => {
    const named = periodNames.find(([one]) => one === name)?.[0]
    onChange({ period: named ? { kind: 'named', name: named } : { kind: 'days', days } })
  }
  return (
    <>
      <Filter
        label="Period"
        all={null}
        value={period.kind === 'named' ? period.name : own}
        choices={[...periodNames, [own, 'From … to …']]}
        onChange={choose}
      />
      {period.kind === 'days' && (
        <span class="filter-pair">
          <DayField
            label="From"
            day={days.from}
            onChange={(from) => onChange({ period: ownDays({ ...days, from }, 'from') })}
          />
          <DayField
            label="To"
            day={days.until}
            onChange={(to) => onChange({ period: ownDays({ ...days, until: to }, 'until') })}
          />
        </span>
      )}
    </>
  )
}

/** Whichever was chosen last stays; the other goes along. */
function ownDays({ from, until }: Days, chosen: keyof Days): Question['period'] {
  if (from <= until) return { kind: 'days', days: { from, until } }
  const day = chosen === 'from' ? from : until
  return { kind: 'days', days: { from: day, until: day } }
}
