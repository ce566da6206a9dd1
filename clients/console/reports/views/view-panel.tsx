import type { SavedView, ShownMetric } from '../../../../src/contract/analytics.ts'
import type { SignedInAgent } from '../../../../src/contract/sign-in.ts'
import { useForm } from '../../frame/form.ts'
import { useFrame } from '../../frame/frame.ts'
import { asProblem } from '../../frame/problem.ts'
import { SelectField, Several } from '../../parts/choice.tsx'
import { TextField } from '../../parts/field.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import type { ReportCalls } from '../calls.ts'
import { tilesOf } from '../figures/tiles-of.ts'
import { periodNames, type Question, sectionsFor } from '../question/question.ts'
import { overtaken } from './overtaken.ts'
import type { ViewActs } from './saved-views.ts'
import { idsOf, keptOf, tileKey, tilesIn, type WrittenView } from './written.ts'

interface ViewPanelProps {
  calls: ReportCalls
  metrics: readonly ShownMetric[]
  /** Ids of what is shown now. */
  shown: readonly string[]
  question: Question
  /** Null: a new one is made of what is shown. */
  view: SavedView | null
  acts: ViewActs
  onClose(): void
}

export function ViewPanel({ metrics, onClose, ...asked }: ViewPanelProps) {
  const { view } = asked
  const { me } = useFrame()
  const form = useViewForm({ metrics, ...asked })
  return (
    <FormPanel
      title={view ? `Change “${view.name}”` : 'Save this view'}
      form={form}
      action="Save"
      onClose={onClose}
      onDone={onClose}
      other={view && <Removal {...{ view, onClose }} calls={asked.calls} acts={asked.acts} />}
    >
      <TextField
        label="Name"
        test="view-name"
        value={form.value.name}
        onChange={(name) => form.set('name', name)}
        fault={form.faultAt('name')}
      />
      <SelectField
        label="Period"
        hint="It moves along with the days."
        value={form.value.period}
        choices={periodNames}
        onChange={(period) => form.set('period', period)}
        fault={form.faultAt('period')}
      />
      <Figures {...{ me, metrics }} tiles={form.value.tiles} onChange={(tiles) => form.set('tiles', tiles)} />
      {form.faultAt('metrics') && <p class="fault">{form.faultAt('metrics')}</p>}
      <p class="hint">Inboxes, filter, comparison and what it is told apart by are kept as they are shown.</p>
    </FormPanel>
  )
}

type ViewFormProps = Omit<ViewPanelProps, 'onClose'>

function useViewForm({ calls, metrics, shown, question, view, acts }: ViewFormProps) {
  const { me } = useFrame()
  return useForm(writtenOf(view, question, tilesIn(metrics, shown)), async ({ name, period, tiles }) => {
    const kept = { ...keptOf(question, me.inboxes), name, period, metrics: idsOf(metrics, tiles, shown) }
    const saved = view
      ? await calls
          .change(view.id, { ...kept, version: view.version })
          .catch((error: unknown) => overtaken(error, acts.onOvertaken))
      : await calls.create({ ...kept, digest: null })
    acts.onSaved(saved)
    return null
  })
}

function writtenOf(view: SavedView | null, { period }: Question, tiles: string[]): WrittenView {
  return { name: view?.name ?? '', period: period.kind === 'named' ? period.name : (view?.period ?? '30_days'), tiles }
}

interface FiguresProps {
  me: SignedInAgent
  metrics: readonly ShownMetric[]
  tiles: readonly string[]
  onChange(tiles: string[]): void
}

const Figures = ({ me, metrics, tiles, onChange }: FiguresProps) => (
  <section class="view-figures" aria-label="Figures">
    {sectionsFor(me).map(([section, name]) => {
      const choices = tilesOf(metrics.filter(({ group }) => group === section)).map(
        (tile) => [tileKey(tile), tile.title] as const,
      )
      const keys = choices.map(([key]) => key)
      const others = tiles.filter((key) => !keys.includes(key))
      return (
        choices.length > 0 && (
          <Several
            key={section}
            label={name}
            choices={choices}
            chosen={tiles}
            onChange={(chosen) => onChange([...others, ...chosen])}
          />
        )
      )
    })}
  </section>
)

function Removal({
  calls,
  view,
  acts,
  onClose,
}: Pick<ViewPanelProps, 'calls' | 'acts' | 'onClose'> & { view: SavedView }) {
  const { ask, tell } = useFrame()
  const remove = async () => {
    const text = view.digest ? 'Its digest is sent no more. The figures stay.' : 'The figures stay.'
    if (!(await ask({ title: `Delete “${view.name}”?`, text, yes: 'Delete', isDangerous: true }))) return
    await calls
      .remove(view.id)
      .then(() => {
        onClose()
        acts.onRemoved(view)
      })
      .catch((error: unknown) => tell(asProblem(error).message, 'problem'))
  }
  return (
    <button type="button" class="act danger-quiet" data-test="delete-view" onClick={() => void remove()}>
      Delete
    </button>
  )
}
