import type { BudgetInUse } from '../../../src/contract/connector-health.ts'
import { budgetOf, paceOf } from './words.ts'

/** How many of the calls that may be made at once are taken. */
export const Budgets = ({ budgets }: { budgets: readonly BudgetInUse[] }) => (
  <div>
    <h3>Calls at once</h3>
    <ul class="budgets">
      {budgets.map((budget) => (
        <li key={budget.name}>
          <span>{budgetOf(budget)}</span>
          <Bar budget={budget} />
          <span class="muted">{inUse(budget)}</span>
        </li>
      ))}
    </ul>
  </div>
)

/** The same is written beside it. */
const Bar = ({ budget: { taken, burst } }: { budget: BudgetInUse }) => (
  <div class={taken !== null && taken >= burst ? 'bar full' : 'bar'} aria-hidden="true">
    <i style={{ width: `${Math.min(100, (100 * (taken ?? 0)) / burst)}%` }} />
  </div>
)

const inUse = (budget: BudgetInUse): string =>
  budget.taken === null
    ? `Redis does not answer; ${paceOf(budget)}`
    : `${budget.taken} of ${budget.burst}, ${paceOf(budget)}`
