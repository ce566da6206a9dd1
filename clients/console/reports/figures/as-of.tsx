import type { Report } from '../../../../src/contract/analytics.ts'
import { exactly, inShort } from '../../parts/when.ts'

interface AsOfProps {
  report: Report | null
  onAgain(): void
  onDefinitions(): void
}

/** How fresh the figures are, and what they mean. */
export const AsOf = ({ report, onAgain, onDefinitions }: AsOfProps) => (
  <p class="as-of">
    <span role="status" data-test="as-of">
      {report && freshness(report.asOf)}
    </span>
    <button type="button" class="link" data-test="again" onClick={onAgain}>
      Read again
    </button>
    <button type="button" class="link" data-test="definitions-open" onClick={onDefinitions}>
      What the figures mean
    </button>
  </p>
)

const freshness = (asOf: string | null) =>
  asOf === null ? (
    'Nothing was reckoned yet.'
  ) : (
    <>
      As of{' '}
      <time dateTime={asOf} title={exactly(asOf)}>
        {inShort(asOf, Date.now())}
      </time>
    </>
  )
