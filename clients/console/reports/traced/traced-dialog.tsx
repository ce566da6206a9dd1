import type { ShownMetric, TracedChat } from '../../../../src/contract/analytics.ts'
import { addressOfChat } from '../../chats/address.ts'
import { useFrame } from '../../frame/frame.ts'
import { useLoad } from '../../frame/load.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { Blank, List } from '../../parts/list.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { exactly, inShort } from '../../parts/when.ts'
import type { ReportCalls } from '../calls.ts'
import { countedText } from './counted-text.ts'
import type { Tracing } from './tracing.ts'

interface TracedDialogProps {
  calls: ReportCalls
  tracing: Tracing
  onClose(): void
}

/** The chats that a figure was made of; each opens. */
export function TracedDialog({ calls, tracing: { metric, asked, about }, onClose }: TracedDialogProps) {
  const { tell } = useFrame()
  const found = useLoad(() => calls.chats(asked), [calls])
  const more = async (cursor: string) => {
    const next = await calls.chats(asked, cursor).catch((error: Error) => tell(error.message, 'problem'))
    if (next) found.set((now) => ({ ...next, chats: [...now.chats, ...next.chats] }))
  }
  return (
    <Dialog title={metric.title} kind="panel" onClose={onClose}>
      <div class="dialog-body traced" data-test="traced-chats">
        <p class="muted">{about}</p>
        <List
          loaded={found}
          isEmpty={({ chats }) => chats.length === 0}
          empty={<Blank title="No chats" text="What was counted is there no more, or you may not see it." />}
        >
          {({ chats, cursor }) => (
            <>
              <Table label="Chats behind the figure" rows={chats} columns={columnsFor(metric)} keyOf={keyOf} />
              {cursor && (
                <button type="button" class="act more" data-test="more" onClick={() => void more(cursor)}>
                  Show more
                </button>
              )}
            </>
          )}
        </List>
      </div>
    </Dialog>
  )
}

/** A chat stands there for each hour in which it was counted. */
const keyOf = ({ sessionId, values: [first] }: TracedChat): string => `${sessionId} ${first?.at}`

function columnsFor(metric: ShownMetric): Column<TracedChat>[] {
  const now = Date.now()
  return [
    {
      title: 'Chat',
      cell: ({ sessionId, startedAt, closedAt, inbox }) => (
        <span class="two-lines">
          <a href={addressOfChat(closedAt === null ? 'all' : 'closed', sessionId)} title={exactly(startedAt)}>
            {inShort(startedAt, now)}
          </a>
          <small>{inbox}</small>
        </span>
      ),
    },
    { title: 'Who', cell: ({ people }) => people.map(({ name }) => name).join(', ') || 'Nobody' },
    { title: 'When', kind: 'minor', cell: ({ values }) => <When values={values} now={now} /> },
    { title: 'Counted', kind: 'number', cell: ({ values }) => countedText(metric, values) },
  ]
}

type Counted = Pick<TracedChat, 'values'>

function When({ values, now }: Counted & { now: number }) {
  const last = values.at(-1)
  return last ? (
    <time dateTime={last.at} title={exactly(last.at)}>
      {inShort(last.at, now)}
    </time>
  ) : null
}
