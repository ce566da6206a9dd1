import type { SavedView } from '../../../../src/contract/analytics.ts'
import type { SignedInAgent } from '../../../../src/contract/sign-in.ts'
import { addressOfReports, writeQuestion } from '../question/address.ts'
import { type Question, sectionsFor, usual } from '../question/question.ts'

interface ReportNavigationProps {
  me: SignedInAgent
  views: readonly SavedView[]
  /** Null: none of them. */
  open: SavedView | null
  question: Question
}

/** The sections keep what is asked for; a saved view asks for its own. */
export const ReportNavigation = ({ me, views, open, question }: ReportNavigationProps) => (
  <nav class="report-pages" aria-label="Reports">
    <ul>
      {sectionsFor(me).map(([section, name]) => (
        <li key={section}>
          <a
            href={`${addressOfReports(null)}${writeQuestion({ ...question, section, drawn: null }, usual)}`}
            aria-current={open === null && question.section === section ? 'page' : undefined}
            data-test={`section-${section}`}
          >
            {name}
          </a>
        </li>
      ))}
    </ul>
    {views.length > 0 && (
      <>
        <h2 id="saved-views">Saved views</h2>
        <ul aria-labelledby="saved-views">
          {views.map(({ id, name }) => (
            <li key={id}>
              <a href={addressOfReports(id)} aria-current={open?.id === id ? 'page' : undefined} data-test="saved-view">
                {name}
              </a>
            </li>
          ))}
        </ul>
      </>
    )}
  </nav>
)
