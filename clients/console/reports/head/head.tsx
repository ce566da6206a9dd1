import type { SavedView, ShownMetric } from '../../../../src/contract/analytics.ts'
import { useFrame } from '../../frame/frame.ts'
import { Icon } from '../../frame/icon.tsx'
import { asProblem } from '../../frame/problem.ts'
import { PageHead } from '../../parts/page-head.tsx'
import type { ReportCalls } from '../calls.ts'
import { isChanged } from '../question/address.ts'
import { stretchOf } from '../question/period.ts'
import { daysIn, narrowedBy, type Question, splitNames, splitOf, splitsOf } from '../question/question.ts'
import type { OpenPanel } from '../views/open-panel.ts'
import { overtaken } from '../views/overtaken.ts'
import type { ViewActs } from '../views/saved-views.ts'
import { digestInWords, keptOf } from '../views/written.ts'
import { ExportMenu } from './export-menu.tsx'

interface HeadProps {
  calls: ReportCalls
  title: string
  view: SavedView | null
  question: Question
  /** What the view asks without any change. */
  base: Question
  today: string
  shown: readonly ShownMetric[]
  onOpen(panel: OpenPanel): void
  acts: Pick<ViewActs, 'onChanged' | 'onOvertaken'>
}

export function Head({ calls, title, view, question, base, today, shown, onOpen, acts }: HeadProps) {
  const about = view?.digest ? `${digestInWords(view.digest)}.` : undefined
  return (
    <PageHead title={title} {...(about && { about })}>
      <ExportMenu calls={calls} shown={exportsOf(question, today, shown)} />
      {view === null ? (
        <button type="button" class="act" data-test="save-view" onClick={() => onOpen('new view')}>
          <Icon name="bookmark" />
          Save view
        </button>
      ) : (
        <>
          <button type="button" class="act" data-test="digest" onClick={() => onOpen('digest')}>
            <Icon name="send" />
            Digest
          </button>
          <button type="button" class="act" data-test="change-view" onClick={() => onOpen('view')}>
            Change
          </button>
          {isChanged(question, base) && <SaveChanges {...{ calls, view, question, acts }} />}
        </>
      )}
    </PageHead>
  )
}

const stretchNames = { hour: 'By hour', day: 'By day', month: 'By month' } as const

function exportsOf(question: Question, today: string, shown: readonly ShownMetric[]) {
  const days = daysIn(question.period, today)
  const [metrics, narrowed] = [shown.map(({ id }) => id), narrowedBy(question)]
  const { compare } = question
  const [by, splitName] = splitOf(splitsOf(question.filter, shown), question.by) ?? splitNames[0]
  const stretch = stretchOf(days)
  const common = { days, narrowed, metrics, compare }
  return [
    [stretchNames[stretch], { ...common, by: stretch }],
    [by === 'hour_of_week' ? splitName : `By ${by}`, { ...common, by }],
  ] as const
}

type SaveChangesProps = Pick<HeadProps, 'calls' | 'question' | 'acts'> & { view: SavedView }

function SaveChanges({ calls, view, question, acts }: SaveChangesProps) {
  const { me, tell } = useFrame()
  const save = () =>
    calls
      .change(view.id, { ...keptOf(question, me.inboxes), version: view.version })
      .catch((error: unknown) => overtaken(error, acts.onOvertaken))
      .then(acts.onChanged)
      .then(() => tell(`“${view.name}” was saved.`))
      .catch((error: unknown) => tell(asProblem(error).message, 'problem'))
  return (
    <button type="button" class="act main" data-test="save-changes" onClick={() => void save()}>
      Save changes
    </button>
  )
}
