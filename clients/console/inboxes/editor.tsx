import { useLayoutEffect, useState } from 'preact/hooks'
import type { Inbox } from '../../../src/contract/inbox.ts'
import { useForm } from '../frame/form.ts'
import { useFrame } from '../frame/frame.ts'
import { Badge } from '../parts/badge.tsx'
import { FormProblem } from '../parts/form-problem.tsx'
import { PageHead } from '../parts/page-head.tsx'
import type { InboxCalls } from './calls.ts'
import type { InboxForm } from './inbox-form.ts'
import { WidgetPreview } from './preview/widget-preview.tsx'
import { saveChanges } from './save-changes.ts'
import { sections } from './sections.ts'

/** Every setting of an inbox beside the widget that they make. */
export function InboxEditor({ read, calls }: { read: Inbox; calls: InboxCalls }) {
  const { tell, setUnsaved } = useFrame()
  const [base, setBase] = useState(read)
  const onRead = (now: Inbox, mine: Inbox) => {
    setBase(now)
    form.begin(now, mine)
  }
  const form = useForm(read, async (mine) => {
    const saved = await saveChanges({ calls, onRead }, base, mine)
    setBase(saved)
    return saved
  })
  // Before the paint: a link may be pressed before a later effect would have run.
  useLayoutEffect(() => {
    setUnsaved(form.isChanged)
    return () => setUnsaved(false)
  }, [form.isChanged])
  const save = async () => {
    if (await form.submit()) tell(`${form.value.name} was saved.`)
  }

  return (
    <>
      <a class="back" href="/console/inboxes">
        All inboxes
      </a>
      <PageHead title={base.name} about={`Key: ${read.key}`}>
        {base.enabled ? <Badge tone="good">On</Badge> : <Badge>Off</Badge>}
      </PageHead>
      <div class="editor">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <Contents />
          {sections.map(({ id, title, about, component: Inside }) => (
            <section key={id} id={id} class="card" aria-labelledby={`${id}-title`}>
              <header>
                <h2 id={`${id}-title`}>{title}</h2>
                <p>{about}</p>
              </header>
              <Inside form={form} />
            </section>
          ))}
          <SaveBar form={form} onDiscard={() => form.begin(base)} />
        </form>
        <WidgetPreview inbox={form.value} />
      </div>
    </>
  )
}

const Contents = () => (
  <nav class="contents" aria-label="Settings">
    {sections.map(({ id, title }) => (
      <a key={id} href={`#${id}`}>
        {title}
      </a>
    ))}
  </nav>
)

/** There as long as there is something to save. */
function SaveBar({ form, onDiscard }: { form: InboxForm; onDiscard(): void }) {
  if (!form.isChanged) return null
  return (
    <div class="save-bar" data-test="save-bar">
      <FormProblem problem={form.problem} />
      <div>
        <span class="muted">Not saved yet</span>
        <span class="space" />
        <button type="button" class="act" data-test="discard" onClick={onDiscard}>
          Discard
        </button>
        <button type="submit" class="act main" data-test="save" disabled={form.isBusy}>
          {form.isBusy ? 'Saving…' : 'Save'}
        </button>
      </div>
    </div>
  )
}
