import { useEffect, useState } from 'preact/hooks'
import type { ChatListName } from '../../../../src/contract/lists.ts'
import type { FoundInChats } from '../../../../src/contract/search.ts'
import { asProblem } from '../../frame/problem.ts'
import { useSettled } from '../../frame/settled.ts'
import { Waiting } from '../../parts/list.tsx'
import { inShort } from '../../parts/when.ts'
import { addressOfChat } from '../address.ts'
import { useDesk } from '../desk/use-desk.tsx'

type Findings =
  | { state: 'searching' }
  | { state: 'failed'; text: string }
  | { state: 'found'; found: readonly FoundInChats[]; cursor: string | null }

/** Messages and visitors of all chats that have these words; each opens its chat. */
export function Found({ words, list, openId }: { words: string; list: ChatListName; openId: string | undefined }) {
  const { calls } = useDesk()
  const settled = useSettled(words)
  const [findings, setFindings] = useState<Findings>({ state: 'searching' })
  useEffect(() => {
    let isOver = false
    setFindings({ state: 'searching' })
    calls.search(settled, undefined).then(
      (page) => !isOver && setFindings({ state: 'found', ...page }),
      (error: unknown) => !isOver && setFindings({ state: 'failed', text: asProblem(error).message }),
    )
    return () => {
      isOver = true
    }
  }, [settled])

  if (findings.state === 'searching') return <Waiting />
  if (findings.state === 'failed')
    return (
      <p class="list-empty" role="alert">
        {findings.text}
      </p>
    )
  const { found, cursor } = findings
  const more = async () => {
    const page = await calls.search(settled, cursor ?? undefined).catch(() => null)
    if (page) setFindings({ state: 'found', found: [...found, ...page.found], cursor: page.cursor })
  }
  return (
    <div class="window found" data-test="found">
      <p class="read-out" role="status">
        {found.length === 0 ? 'Nothing found' : `${found.length} found`}
      </p>
      {found.length === 0 && <p class="list-empty">Nothing with these words. Words of a message are to be whole.</p>}
      {found.map((one) => (
        <Hit key={one.kind === 'message' ? one.message.id : one.session.sessionId} one={one} {...{ list, openId }} />
      ))}
      {cursor !== null && (
        <button type="button" class="act more" onClick={() => void more()}>
          More
        </button>
      )}
    </div>
  )
}

function Hit({ one, list, openId }: { one: FoundInChats; list: ChatListName; openId: string | undefined }) {
  const { session, at } = one
  const { visitor, sessionId } = session
  return (
    <a
      class="chat-row"
      href={addressOfChat(list, sessionId)}
      aria-current={sessionId === openId ? 'true' : undefined}
      data-test="hit"
    >
      <span class="row-top">
        <strong dir="auto">{visitor.name ?? visitor.email ?? 'Visitor'}</strong>
        <span class="since">{inShort(at, Date.now())}</span>
      </span>
      <span class="row-text" dir="auto">
        {one.kind === 'message' ? one.message.content || one.message.file?.name : (visitor.email ?? 'A visitor')}
      </span>
      <span class="row-foot">
        {one.kind === 'message' ? 'Message' : 'Visitor'} · {session.status === 'closed' ? 'closed' : 'open'}
      </span>
    </a>
  )
}
