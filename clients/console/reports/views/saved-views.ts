import { useLocation } from 'preact-iso/router'
import type { SavedView } from '../../../../src/contract/analytics.ts'
import type { ReportCalls } from '../calls.ts'
import { addressOfReports, addressOfSaved } from '../question/address.ts'
import type { Question } from '../question/question.ts'

export interface ViewActs {
  /** As it was put together in the form. */
  onSaved(view: SavedView): void
  /** With what is asked in the address. */
  onChanged(view: SavedView): void
  /** Something of it that is not asked for; what is asked stays as it is. */
  onDigest(view: SavedView): void
  onRemoved(view: SavedView): void
  /** Somebody else changed one: they are read again. */
  onOvertaken(): Promise<void>
}

interface Viewing {
  calls: ReportCalls
  question: Question
  /** Null: none is open. */
  view: SavedView | null
  onViews(change: (views: SavedView[]) => SavedView[]): void
}

/** What becomes of the list and of the address when views change. */
export function useViewActs({ calls, question, view, onViews }: Viewing): ViewActs {
  const { route } = useLocation()
  const put = (saved: SavedView) =>
    onViews((now) => [...now.filter(({ id }) => id !== saved.id), saved].toSorted(byName))
  return {
    onSaved(saved) {
      put(saved)
      const isOpen = saved.id === view?.id
      // Whoever chose another period in the form wants to see it.
      const stays = isOpen && saved.period === view.period
      route(stays ? addressOfSaved(saved, question) : addressOfReports(saved.id), isOpen)
    },
    onChanged(saved) {
      put(saved)
      route(addressOfSaved(saved, question), true)
    },
    onDigest: put,
    onRemoved({ id }) {
      onViews((now) => now.filter((one) => one.id !== id))
      route(addressOfReports(null))
    },
    async onOvertaken() {
      const now = await calls.views()
      onViews(() => now)
    },
  }
}

const byName = (one: SavedView, other: SavedView) => one.name.localeCompare(other.name)
