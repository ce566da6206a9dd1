import type { Opening } from '../../../../src/contract/hours.ts'
import { Icon } from '../../frame/icon.tsx'

interface OpeningsProps {
  /** Of which day. */
  label: string
  openings: readonly Opening[]
  onChange(openings: Opening[]): void
  fault: string | null
}

/** The end of a day is 24:00, which a browser's own time field does not know. */
export const Openings = ({ label, openings, onChange, fault }: OpeningsProps) => (
  <div class="openings">
    {openings.length === 0 && <span class="muted">Closed</span>}
    {openings.map((opening, index) => (
      <span key={index} class="opening">
        <Clock
          label={`${label} from`}
          time={opening.from}
          isWrong={fault !== null}
          onChange={(from) => onChange(openings.with(index, { ...opening, from }))}
        />
        –
        <Clock
          label={`${label} to`}
          time={opening.to}
          isWrong={fault !== null}
          onChange={(to) => onChange(openings.with(index, { ...opening, to }))}
        />
        <button
          type="button"
          class="plain"
          aria-label={`${label}: remove ${opening.from} to ${opening.to}`}
          onClick={() => onChange(openings.toSpliced(index, 1))}
        >
          <Icon name="cross" />
        </button>
      </span>
    ))}
    <button
      type="button"
      class="plain"
      aria-label={`${label}: add hours`}
      title="Add hours"
      onClick={() => onChange([...openings, nextAfter(openings.at(-1))])}
    >
      <Icon name="plus" />
    </button>
    {fault && <p class="fault">{fault}</p>}
  </div>
)

const nextAfter = (last: Opening | undefined): Opening =>
  last && last.to < '18:00' ? { from: '18:00', to: '20:00' } : { from: '09:00', to: '17:00' }

interface ClockProps {
  label: string
  time: string
  isWrong: boolean
  onChange(time: string): void
}

const Clock = ({ label, time, isWrong, onChange }: ClockProps) => (
  <input
    class="clock"
    aria-label={label}
    aria-invalid={isWrong ? 'true' : undefined}
    inputMode="numeric"
    maxLength={5}
    placeholder="09:00"
    value={time}
    onInput={(event) => onChange(event.currentTarget.value)}
  />
)
