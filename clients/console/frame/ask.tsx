import { useCallback, useState } from 'preact/hooks'
import { Dialog } from '../parts/dialog.tsx'
import type { Question } from './frame.ts'

interface Asked extends Question {
  answer(yes: boolean): void
}

/** One question at a time; closing it is a no. */
export function useAsk() {
  const [asked, setAsked] = useState<Asked | null>(null)
  const ask = useCallback(
    (question: Question) =>
      new Promise<boolean>((resolve) => {
        setAsked({
          ...question,
          answer(yes) {
            setAsked(null)
            resolve(yes)
          },
        })
      }),
    [],
  )
  return { asked, ask }
}

export function AskDialog({ asked }: { asked: Asked | null }) {
  if (!asked) return null
  const { title, text, yes, no = 'Cancel', isDangerous = false, answer } = asked
  return (
    <Dialog title={title} kind="question" onClose={() => answer(false)}>
      <div class="dialog-body">
        <p>{text}</p>
      </div>
      <footer class="dialog-foot">
        {/* What can be undone has the focus. */}
        <button type="button" class="act" autofocus onClick={() => answer(false)}>
          {no}
        </button>
        <button
          type="button"
          class={isDangerous ? 'act danger' : 'act main'}
          data-test="yes"
          onClick={() => answer(true)}
        >
          {yes}
        </button>
      </footer>
    </Dialog>
  )
}
