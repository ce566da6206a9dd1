import { useEffect, useState } from 'preact/hooks'
import type { SessionInfo } from '../../../src/contract/chat.ts'

export type HeadAct = 'take_chat' | 'release_chat' | 'close_chat' | 'reopen'

interface HeadProps {
  info: SessionInfo
  isVisitorHere: boolean | null
  me: string
  onAct(what: HeadAct): void
}

/** Who it is with, and what can be done. */
export function Head({ info, isVisitorHere, me, onAct }: HeadProps) {
  const { visitor } = info
  const name = visitor.name ?? visitor.email ?? 'Visitor'
  return (
    <header class="head">
      <div class="who">
        <h1>
          <Presence isHere={isVisitorHere} /> {name}
        </h1>
        <p data-test="chat-state">
          <Standing info={info} me={me} />
          {visitor.page && <Page address={visitor.page} />}
        </p>
      </div>
      <div class="acts">
        {actsFor(info, me).map(({ what, label, isMain }) => (
          <button
            key={what}
            type="button"
            class={isMain ? 'act main' : 'act'}
            data-test={what}
            onClick={() => onAct(what)}
          >
            {label}
          </button>
        ))}
      </div>
    </header>
  )
}

function actsFor({ status, assignee }: SessionInfo, me: string): { what: HeadAct; label: string; isMain?: true }[] {
  if (status === 'closed') return [{ what: 'reopen', label: 'Reopen' }]
  const close = { what: 'close_chat', label: 'Close chat' } as const
  if (assignee?.id === me) return [{ what: 'release_chat', label: 'Give back' }, close]
  return [close, { what: 'take_chat', label: 'Take', isMain: true }]
}

const presenceText = { here: 'is in the chat', gone: 'has left', unknown: 'is there or not: nobody knows' } as const

export function Presence({ isHere }: { isHere: boolean | null }) {
  const presence = isHere === null ? 'unknown' : isHere ? 'here' : 'gone'
  return (
    <span class={`presence ${presence}`} data-test="presence" data-presence={presence} title={presenceText[presence]}>
      <span class="read-out">{`(${presenceText[presence]})`}</span>
    </span>
  )
}

function Standing({ info, me }: { info: SessionInfo; me: string }) {
  const { status, assignee, waitingSince, offline } = info
  if (status === 'closed')
    return <span class="chip">Closed{info.rating !== null && ` · rated ${info.rating} of 5`}</span>
  if (assignee) return <span class="chip">{assignee.id === me ? 'With you' : `With ${assignee.name}`}</span>
  if (status === 'active') return <span class="chip">Answered</span>
  if (offline) return <span class="chip">Left a message</span>
  return <span class="chip waiting">Waiting{waitingSince && <Since iso={waitingSince} />}</span>
}

const minuteMs = 60_000

function Since({ iso }: { iso: string }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minuteMs / 4)
    return () => clearInterval(timer)
  }, [])
  const minutes = Math.floor((now - Date.parse(iso)) / minuteMs)
  return minutes < 1 ? null : <> {minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`}</>
}

/** Where the visitor is on the site; an address that is none is shown as it is. */
function Page({ address }: { address: string }) {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || !/^https?:$/.test(url.protocol)) return <span class="page">{address}</span>
  return (
    <a class="page" href={url.href} target="_blank" rel="noopener noreferrer" title={url.href}>
      {url.host + (url.pathname === '/' ? '' : url.pathname)}
    </a>
  )
}
