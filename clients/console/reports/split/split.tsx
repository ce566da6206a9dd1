import { useState } from 'preact/hooks'
import type { Report, ReportRow, ShownMetric } from '../../../../src/contract/analytics.ts'
import type { Days } from '../../../../src/contract/view-days.ts'
import { Blank, List } from '../../parts/list.tsx'
import { type Asking, useAnswer } from '../answer.ts'
import type { AskedReport, ReportCalls } from '../calls.ts'
import { keyWords } from '../chart/key-words.ts'
import { tilesOf } from '../figures/tiles-of.ts'
import {
  canSplit,
  nameOfLine,
  narrowedBy,
  type Question,
  type SplitBy,
  splitNames,
  splitOf,
} from '../question/question.ts'
import { HeatMap } from './heat-map.tsx'
import type { Sort } from './sorted.ts'
import { SplitTable } from './split-table.tsx'

interface SplitProps {
  calls: ReportCalls
  asking: Asking
  question: Question
  days: Days
  metrics: readonly ShownMetric[]
  drawn: ShownMetric
  onChange(by: SplitBy): void
  onTrace(metric: ShownMetric, by: SplitBy, row: ReportRow): void
}

/** The same figures, told apart. */
export function Split({ calls, asking, question, days, metrics, drawn, onChange, onTrace }: SplitProps) {
  const by = splitOf(question)
  const asked = splitAsked({ question: { ...question, by }, days, metrics, drawn })
  const loaded = useAnswer(asked, asking, calls.report)
  const [chosen, setChosen] = useState<Sort | null>(null)
  const name = splitNames.find(([one]) => one === by)?.[1] ?? ''
  const columns = metrics.filter(({ id }) => asked.metrics.includes(id))
  return (
    <section class="split" aria-labelledby="split">
      <h2 id="split" class="read-out">
        Told apart by
      </h2>
      <SplitTabs {...{ by, question, onChange }} />
      {by === 'hour_of_week' && <p class="hint">{drawn.title}, each hour on the clock of its inbox.</p>}
      <List
        loaded={loaded}
        isEmpty={({ rows }) => rows.length === 0}
        empty={<Blank title="Nothing to tell apart" text="There are no figures of these in this period." />}
      >
        {(report) =>
          by === 'hour_of_week' ? (
            <HeatMap metric={drawn} rows={named(by, report)} onTrace={(row) => onTrace(drawn, by, row)} />
          ) : (
            <SplitTable
              {...{ name, chosen }}
              rows={named(by, report)}
              metrics={columns}
              drawn={drawn.id}
              onSort={setChosen}
              onTrace={(metric, row) => onTrace(metric, by, row)}
            />
          )
        }
      </List>
    </section>
  )
}

const named = (by: SplitBy, { rows }: Report): ReportRow[] =>
  rows.map((row) => ({ ...row, label: by === 'hour_of_week' ? keyWords.hourOfWeek(row.key) : nameOfLine(by, row) }))

interface AskedSplit {
  question: Question
  days: Days
  metrics: readonly ShownMetric[]
  drawn: ShownMetric
}

/** One figure of each time is enough side by side. */
function splitAsked({ question, days, metrics, drawn }: AskedSplit): AskedReport {
  const columns = tilesOf(metrics).map(({ figures }) => figures.find(({ id }) => id === drawn.id) ?? figures[0])
  const { by } = question
  const ids = by === 'hour_of_week' ? [drawn.id] : columns.map(({ id }) => id)
  return { days, narrowed: narrowedBy(question), by, metrics: ids }
}

interface SplitTabsProps {
  by: SplitBy
  question: Question
  onChange(by: SplitBy): void
}

function SplitTabs({ by, question: { filter }, onChange }: SplitTabsProps) {
  return (
    <div class="split-tabs">
      {splitNames
        .filter(([one]) => canSplit(one, filter))
        .map(([one, name]) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === by}
            data-test={`by-${one}`}
            onClick={() => onChange(one)}
          >
            {name}
          </button>
        ))}
    </div>
  )
}
