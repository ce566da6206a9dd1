import type { HistoryPage } from '../../src/contract/chat.ts'
import type { ErrorBody } from '../../src/contract/errors.ts'
import type { ChatClient, ChatState, ClientDeps, ConnectionState, EarlierChat } from './chat-client.ts'
import { type Chat, createChat, type End } from './conversation/chat.ts'
import { emptyConversation } from './conversation/conversation.ts'
import { createFiles } from './files/files.ts'
import { createRetry } from './line/retry.ts'
import { createOutbox } from './outbox/outbox.ts'
import { createClock } from './platform/clock.ts'
import { createListeners } from './platform/listeners.ts'
import { createFacts } from './visit/facts.ts'
import { createOwed } from './visit/owed.ts'
import { createVisit, type Saved } from './visit/visit.ts'

export type { ChatClient, ChatState, ClientDeps, ConnectionState, EarlierChat } from './chat-client.ts'
export type { Facts } from './visit/facts.ts'

/** What another tab has written, this one sends if it is still there by then. ms */
const leftToOthers = 5_000

/** It begins with the visitor's first message, and one that cannot go on is followed by another. */
export function createChatClient(deps: ClientDeps): ChatClient {
  const { transport, storage, storageKey, tabs, newId, later, random = Math.random } = deps
  const clock = createClock(deps.now)
  const listeners = createListeners<ChatState>()
  const retry = createRetry({ later, random })
  let waiting: Exclude<ConnectionState, 'online'> = 'idle'
  let refusal: ErrorBody | null = null
  /** `token`: the one that its line has shown last. */
  let opened: { chat: Chat; sessionId: string; token: string } | null = null
  let stopped = false
  let shown: ChatState | null = null

  const stateNow = (): ChatState => {
    const view = opened?.chat.state()
    return {
      connection: view?.connection ?? waiting,
      refusal,
      sessionId: visit.saved()?.sessionId ?? null,
      conversation: view?.conversation ?? emptyConversation,
      pending: outbox.list(),
      uploads: files.list(),
      // Nobody goes on writing in a chat that has ended.
      typing: view?.conversation.status === 'closed' ? null : (view?.typing?.name ?? null),
      queue: view?.conversation.status === 'queued' ? view.queue : null,
    }
  }
  const state = () => {
    shown ??= stateNow()
    return shown
  }
  const changed = () => {
    shown = null
    if (!stopped) listeners.tell(state())
  }
  const wait = (how: typeof waiting, why: ErrorBody | null = null) => {
    waiting = how
    refusal = why
    changed()
  }

  const outbox = createOutbox({ storage, key: `${storageKey}:outbox`, newId, now: clock.stamp, changed })
  const files = createFiles({
    ...{ transport, outbox, newId, changed, now: clock.stamp, retry: createRetry({ later, random }) },
    chat: () => visit.saved(),
    sent: () => opened?.chat.flush(),
  })
  const owed = createOwed({
    // What waits can still be taken back.
    ask: async (event, payload) =>
      opened?.chat.state().connection === 'online' ? opened.chat.ask(event, payload) : null,
    retry,
  })
  const facts = createFacts({ about: deps.about, owed })
  const visit = createVisit({
    ...{ transport, storage, tabs, retry, newId, now: deps.now, key: storageKey },
    about: facts.forStart,
    changed(how, why) {
      if (how === 'connecting') facts.notStarted()
      // One that counted before may have expired since.
      if (how === 'refused' && why?.code === 'identity_invalid' && facts.forgetOldIdentity()) return void visit.begin()
      wait(how, why)
    },
    begun(saved) {
      facts.started()
      open(saved)
    },
  })

  const token = () => visit.saved()?.token ?? visit.earlier() ?? ''
  const call = <T>(method: 'GET' | 'POST', path: string, body?: object) =>
    transport.call<T>({ method, path, token: token(), ...(body && { body }) }).catch(() => null)

  const open = ({ sessionId, token: first }: Saved) => {
    if (opened || stopped) return
    refusal = null
    const show = () => {
      const now = token()
      if (opened) opened.token = now
      return now
    }
    const line = transport.connect(show)
    const page = async (before: number) => {
      const answer = await call<HistoryPage>('GET', `/sessions/${sessionId}/messages?before=${before}`)
      return answer?.ok ? answer : null
    }
    const chat = createChat({
      ...{ line, sessionId, side: 'visitor', outbox, retry, page, now: deps.now, later, clock, changed, ended },
      joined() {
        void visit.renew()
        void owed.tell()
      },
    })
    opened = { chat, sessionId, token: first }
    files.goOn()
    changed()
  }
  const leave = () => {
    opened?.chat.close()
    opened = null
  }

  /** What is still in the outbox goes into a new one, of the same visitor if this one was merely over. */
  const ended = (how: End) => {
    const was = opened
    leave()
    visit.reread()
    // What is stored there does not go into the next as well.
    outbox.refresh()
    const saved = visit.saved()
    // Another tab is elsewhere by now, or has the token that opens it since it is a known customer's.
    const isElsewhere = saved !== null && saved.sessionId !== was?.sessionId
    const hasAnother = saved !== null && saved.token !== was?.token
    if (!isElsewhere && !hasAnother) visit.forget({ earlier: how === 'over' })
    if (isElsewhere || !hasAnother) files.ended()
    wait('idle')
    goOn()
  }

  /** What one chat has refused has no place in another. */
  const dropRefused = () => {
    for (const { clientMessageId, failed } of outbox.list()) if (failed) outbox.remove(clientMessageId)
    for (const { id, failed } of files.list()) if (failed) files.cancel(id)
  }
  const isWaiting = () => outbox.next() !== undefined || files.wait()
  const goOn = () => {
    const saved = visit.saved()
    if (stopped) return
    unlisten ??= tabs.onChange(reread)
    if (saved) open(saved)
    else if (isWaiting()) void visit.begin()
  }
  const flush = () => (opened ? opened.chat.flush() : goOn())
  const takeOver = () => {
    outbox.refresh()
    if (!stopped && isWaiting()) flush()
  }

  /** Of one that was made and never used nothing is left behind. */
  let unlisten: (() => void) | null = null
  const reread = () => {
    visit.reread()
    outbox.refresh()
    const saved = visit.saved()
    if (opened && opened.sessionId !== saved?.sessionId) {
      leave()
      files.ended()
      wait('idle')
    }
    if (saved) open(saved)
    if (isWaiting()) later(takeOver, leftToOthers)
  }

  return {
    state,
    subscribe: listeners.add,
    resume() {
      visit.reread()
      goOn()
    },
    send(content) {
      if (content.trim() === '') return
      owed.drop(owed.list().filter(({ event }) => event === 'close_chat'))
      outbox.add(content)
      flush()
    },
    sendFile(file, name, caption = '') {
      files.add(file, name, caption)
      goOn()
    },
    retry(id) {
      if (!files.retry(id)) outbox.retry(id)
      flush()
    },
    discard(id) {
      files.cancel(id)
      outbox.remove(id)
    },
    edit: async (messageId, content) => opened?.chat.ask('edit_message', { messageId, content }) ?? null,
    delete: async (messageId) => opened?.chat.ask('delete_message', { messageId }) ?? null,
    typing: () => opened?.chat.type(),
    read: () => opened?.chat.read(),
    older: async () => opened?.chat.older(),
    update(more) {
      facts.update(more)
      if (waiting === 'refused') void visit.begin()
    },
    identify(identityToken) {
      facts.identify(identityToken, (fresh) => opened && visit.keepToken(opened.sessionId, fresh))
      if (waiting === 'refused') void visit.begin()
    },
    answerChallenge(answer) {
      facts.answerChallenge(answer)
      void visit.begin()
    },
    rate: async (score, comment) => opened?.chat.ask('rate_chat', { score, ...(comment && { comment }) }) ?? null,
    async earlierChats() {
      const answer = await call<{ sessions: EarlierChat[] }>('GET', '/visitors/me/sessions')
      return answer?.ok ? answer.sessions : []
    },
    async open(sessionId) {
      // What was written for this one does not go into another.
      if (isWaiting()) return false
      const answer = await call<{ token: string }>('POST', `/sessions/${sessionId}/token`, {})
      if (!answer?.ok || stopped) return false
      dropRefused()
      leave()
      visit.move({ sessionId, token: answer.token, at: deps.now() })
      goOn()
      changed()
      return true
    },
    startAnew() {
      dropRefused()
      leave()
      visit.forget({ earlier: true })
      files.ended()
      wait('idle')
      goOn()
    },
    async transcript(format) {
      const path = `/sessions/${state().sessionId}/transcript?format=${format}`
      return transport.text({ method: 'GET', path, token: token() }).catch(() => null)
    },
    mailTranscript: (to) => call('POST', `/sessions/${state().sessionId}/transcript/email`, { to }),
    close: async () => (opened ? owed.add('close_chat', {}) : undefined),
    stop() {
      stopped = true
      retry.stop()
      files.stop()
      unlisten?.()
      leave()
    },
  }
}
