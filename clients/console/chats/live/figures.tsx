import { waitText } from '../list/waited.ts'
import type { LiveFigures } from './figures-of.ts'

/** `isPart`: there are more open chats than are looked at here. */
export function Figures({ figures, isPart }: { figures: LiveFigures; isPart: boolean }) {
  const { waiting, longestWaitMs, late, inHand, online, freePlaces } = figures
  const least = (count: number) => (isPart ? `${count}+` : String(count))
  const longest = longestWaitMs === null ? '–' : waitText(new Date(0).toISOString(), longestWaitMs)
  return (
    <dl class="figures live-figures" data-test="live-figures">
      <Figure name="Waiting" value={least(waiting)} />
      <Figure name="Longest wait" value={longest} />
      <Figure name="Late" value={least(late)} isBad={late > 0} />
      <Figure name="In hand" value={least(inHand)} />
      <Figure name="Online" value={String(online)} />
      <Figure name="Free places" value={String(freePlaces)} isBad={freePlaces === 0 && waiting > 0} />
    </dl>
  )
}

const Figure = ({ name, value, isBad = false }: { name: string; value: string; isBad?: boolean }) => (
  <div class={isBad ? 'bad' : undefined}>
    <dt>{name}</dt>
    <dd>
      <strong>{value}</strong>
    </dd>
  </div>
)
