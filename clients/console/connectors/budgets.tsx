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
          <meter
            aria-label={`Calls taken of ${budgetOf(budget)}`}
            min={0}
            max={budget.burst}
            high={budget.burst * 0.9}
            value={budget.taken ?? 0}
          />
          <span class="muted">{inUse(budget)}</span>
        </li>
      ))}
    </ul>
  </div>
)

const inUse = (budget: BudgetInUse): string =>
  budget.taken === null
    ? `Redis does not answer; ${paceOf(budget)}`
    : `${budget.taken} of ${budget.burst}, ${paceOf(budget)}`
