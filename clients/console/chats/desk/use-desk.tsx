import { type ComponentChildren, createContext } from 'preact'
import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type AgentLines, createAgentLines } from '../../../agent/lines.ts'
import { useFrame } from '../../frame/frame.ts'
import { type ChatCalls, chatCalls } from '../calls.ts'
import { useNews } from '../notify/use-news.ts'
import { createDesk, type Desk, type DeskState } from './desk.ts'

interface AtDesk extends DeskState {
  desk: Desk
  calls: ChatCalls
  lines: AgentLines
  /** Whether this browser counts as a device of the agent's. */
  isStarted: boolean
}

const DeskContext = createContext<AtDesk | null>(null)

const isAtWork = (path: string) => /^\/console\/(chats|live)(\/|$)/.test(path)

/**
 * The desk, wherever in the console somebody is. An administrator's begins when they first look at chats: a connection makes
 * them somebody who is given some.
 */
export function DeskProvider({ children }: { children: ComponentChildren }) {
  const { api, url, tokens, me } = useFrame()
  const { path } = useLocation()
  const isStarted = useOnce(me.role !== 'admin' || isAtWork(path))
  const news = useRef<ReturnType<typeof useNews> | null>(null)
  const calls = useMemo(() => chatCalls(api), [api])
  const lines = useMemo(() => createAgentLines(url, tokens), [url, tokens])
  const desk = useMemo(
    () =>
      createDesk({
        calls,
        me: me.id,
        openLine: lines.team,
        signInAgain: tokens.signInAgain,
        changed: (before, after) => news.current?.(before, after),
        later: (task, ms) => void setTimeout(task, ms),
      }),
    [calls, lines, me.id],
  )
  const [state, setState] = useState(desk.state)
  useEffect(() => desk.subscribe(setState), [desk])
  useEffect(() => (isStarted ? desk.start() : undefined), [desk, isStarted])
  news.current = useNews(state.rows, path)
  return <DeskContext.Provider value={{ ...state, desk, calls, lines, isStarted }}>{children}</DeskContext.Provider>
}

export function useDesk(): AtDesk {
  const at = useContext(DeskContext)
  if (!at) throw new Error('nobody sits at a desk here')
  return at
}

/** True from when it first was. */
function useOnce(isTrue: boolean): boolean {
  const was = useRef(false)
  was.current ||= isTrue
  return was.current
}
