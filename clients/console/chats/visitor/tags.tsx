import { useState } from 'preact/hooks'
import type { SessionInfo } from '../../../../src/contract/chat.ts'
import { useFrame } from '../../frame/frame.ts'
import { Icon } from '../../frame/icon.tsx'
import { asProblem } from '../../frame/problem.ts'
import { useDesk } from '../desk/use-desk.tsx'
import { labelOf } from './label-of.ts'

export function Tags({ info: { sessionId, tags = [] } }: { info: SessionInfo }) {
  const { tell } = useFrame()
  const { calls } = useDesk()
  const [text, setText] = useState('')
  const set = (next: readonly string[]) =>
    calls.setTags(sessionId, next).catch((error: unknown) => tell(asProblem(error).message, 'problem'))
  return (
    <section class="about-part">
      <h3>Tags</h3>
      <ul class="tags" data-test="tags">
        {tags.map((tag) => (
          <li key={tag}>
            {tag}
            <button
              type="button"
              class="plain"
              aria-label={`Take away ${tag}`}
              onClick={() => void set(tags.filter((one) => one !== tag))}
            >
              <Icon name="cross" />
            </button>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() === '') return
          const tag = labelOf(text)
          if (tag === '') return tell('A tag needs a letter from a to z, or a digit.', 'problem')
          setText('')
          if (!tags.includes(tag)) void set([...tags, tag])
        }}
      >
        <input
          type="text"
          aria-label="Add a tag"
          placeholder="Add a tag"
          maxLength={50}
          value={text}
          data-test="tag-input"
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </section>
  )
}
