import { useEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import type { ListedChat } from '../../../../src/contract/lists.ts'
import { useFrame } from '../../frame/frame.ts'
import { addressOfChat } from '../address.ts'
import { callsFor, type Rows } from '../desk/rows.ts'
import { newsIn, noticeOf } from './news.ts'
import { isSoundOn, ring } from './sound.ts'
import { countInTitle } from './title.ts'

/** Tells by a sound, by the browser and in the title what calls for whoever works here. Answers whom to tell of changes. */
export function useNews(rows: Rows, path: string) {
  const { me, storage } = useFrame()
  const { route } = useLocation()
  const open = useRef(path)
  open.current = path
  const calls = callsFor(rows, me.id)
  useEffect(() => countInTitle(calls), [calls])

  return (before: ListedChat | undefined, after: ListedChat) => {
    const news = newsIn(before, after, me.id)
    const { sessionId } = after.session
    const isLookedAt = document.visibilityState === 'visible' && open.current.includes(sessionId)
    if (news === null || isLookedAt) return
    if (isSoundOn(storage)) ring()
    if (document.visibilityState === 'visible' || !mayNotify()) return
    const { title, ...options } = noticeOf(news, after)
    const notice = new Notification(title, options)
    notice.onclick = () => {
      window.focus()
      route(addressOfChat(news === 'waiting' ? 'queue' : 'mine', sessionId))
      notice.close()
    }
  }
}

const mayNotify = (): boolean => 'Notification' in globalThis && Notification.permission === 'granted'
