import { useState } from 'preact/hooks'
import { post } from '../../live.ts'
import { Choice } from './choice.tsx'

interface Plain {
  text: string
}

type Block =
  | { type: 'section'; text: Plain }
  | {
      type: 'input'
      block_id: string
      label: Plain
      optional?: boolean
      dispatch_action?: boolean
      element: { type: 'plain_text_input' | 'external_select'; placeholder?: Plain }
    }

export interface ModalView {
  id: string
  user: string
  content: { title: Plain; submit?: Plain; blocks: Block[] }
}

interface Answer {
  body: { response_action?: string; errors?: Record<string, string> } | null
}

/** What the app has opened for somebody, in the place where they write. */
export function Modal({ url, user, view }: { url: string; user: string; view: ModalView }) {
  const at = `${url}/sandbox/views/${view.id}`
  const { title, submit, blocks } = view.content
  const [values, setValues] = useState<Record<string, object>>({})
  const [errors, setErrors] = useState<Record<string, string>>({})
  const put = (field: string, value: object) => setValues((known) => ({ ...known, [field]: value }))
  const send = async () => {
    const answer = await post(`${at}/submissions`, { user, values })
    const { body }: Answer = answer.ok ? await answer.json() : { body: null }
    setErrors(body?.errors ?? {})
  }
  return (
    <form
      class="modal"
      data-test="slack-modal"
      aria-label={title.text}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h3>{title.text}</h3>
      {blocks.map((block, index) =>
        block.type === 'section' ? (
          <p key={index} class="preview">
            {block.text.text}
          </p>
        ) : (
          <Field key={block.block_id} {...{ at, user, block, put }} error={errors[block.block_id]} />
        ),
      )}
      <p class="modal-buttons">
        <button type="button" onClick={() => fetch(at, { method: 'DELETE' })}>
          Close
        </button>
        {submit && <button type="submit">{submit.text}</button>}
      </p>
    </form>
  )
}

function Field(props: {
  at: string
  user: string
  block: Extract<Block, { type: 'input' }>
  put(field: string, value: object): void
  error: string | undefined
}) {
  const { at, user, block, put, error } = props
  const { block_id: field, element, label, optional } = block
  const choose = (value: string) => {
    put(field, { type: 'external_select', selected_option: { value } })
    if (block.dispatch_action) void post(`${at}/choices`, { user, field, value })
  }
  return (
    <div class="field">
      <label for={field}>
        {label.text} {optional && <small>(optional)</small>}
      </label>
      {element.type === 'external_select' ? (
        <Choice {...{ at, user, field, choose }} placeholder={element.placeholder?.text ?? ''} />
      ) : (
        <textarea
          id={field}
          rows={3}
          onInput={(event) => put(field, { type: 'plain_text_input', value: event.currentTarget.value })}
        />
      )}
      {error && <small role="alert">{error}</small>}
    </div>
  )
}
