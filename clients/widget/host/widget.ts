import { element } from '../loader/elements.ts'
import { isRemembered, remember } from '../loader/remembered.ts'
import type { ToFrame, ToHost } from '../messages.ts'
import type { Stage } from '../stage.ts'
import type { Listeners } from './commands.ts'
import { createFrame } from './frame.ts'
import { greeting } from './greeting.ts'
import { hideIn } from './labels.ts'
import { createPageTitle } from './page-title.ts'
import { fillScreen } from './phone.ts'
import { createTitleFlash } from './title-flash.ts'

/** The chat in the page: its frame, opened and closed, and what it says beside the button. */
export interface Widget {
  show(isOpen: boolean): void
  toggle(): void
  /** Says something beside the button, the inbox's greeting by default, to who has neither chatted nor put it away before. */
  greet(text?: unknown): void
  /** The button went away, and with it all else. */
  withdraw(): void
  tell(message: ToFrame): void
  speak(language: string): void
  /** Nothing of the visitor stays in this browser. */
  forget(): void
}

export function createWidget(stage: Stage, emit: Listeners['emit']): Widget {
  const { inbox, host, launcher, shown } = stage
  const { wrapper, button, badge } = launcher
  const news = element('div', 's')
  const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches
  const setTitle = createTitleFlash(createPageTitle(), isCalm)
  let isOpen = false
  let bubble: HTMLElement | null = null
  let leave = () => {}

  const take = (message: ToHost) => {
    switch (message.deskbridge) {
      case 'ready':
        return
      case 'labels':
        launcher.label(message.button)
        news.textContent = message.news
        frame.element.title = message.frame
        return
      case 'unread':
        badge.hidden = message.count === 0
        badge.textContent = message.count > 99 ? '99+' : String(message.count)
        return emit('unread', { count: message.count })
      case 'hide':
        return show(false)
      case 'title':
        return stage.saysInTitle ? setTitle(message.title) : undefined
      case 'session':
        remember('chat', inbox, message.sessionId !== null)
        return emit('session', { sessionId: message.sessionId })
      case 'message':
        return emit('message', message.message)
    }
  }
  const frame = createFrame(stage, take)

  const greet = (text: unknown) => {
    const isWanted = !isOpen && !button.hidden && !isRemembered('greeted', inbox) && !isRemembered('chat', inbox)
    if (!isWanted || typeof text !== 'string') return
    const putAway = () => {
      bubble?.remove()
      remember('greeted', inbox, true)
    }
    bubble?.remove()
    bubble = greeting({ text, hideLabel: hideIn(stage.language), take: () => show(true), putAway })
    wrapper.prepend(bubble)
  }

  const show = (next: boolean) => {
    if (next === isOpen) return
    isOpen = next
    if (next) leave = enter()
    else leave()
    frame.tell({ deskbridge: 'shown', isShown: next })
    emit(next ? 'open' : 'close')
  }

  /** Answers how to leave: whoever had the focus has it again, if it is still with the chat by then. */
  const enter = () => {
    const before = document.activeElement
    const back = before instanceof HTMLElement && before !== document.body && before !== host ? before : button
    bubble?.remove()
    remember('greeted', inbox, true)
    launcher.show(true)
    frame.load()
    frame.element.hidden = false
    frame.element.focus()
    const releaseScreen = fillScreen(wrapper)
    return () => {
      const hasFocus = document.activeElement === host
      launcher.show(false)
      frame.element.hidden = true
      releaseScreen()
      if (hasFocus) back.focus({ preventScroll: true })
    }
  }

  const toggle = () => show(!isOpen)
  news.role = 'status'
  wrapper.append(news)
  button.onclick = toggle
  // Who comes near will press it in a moment.
  button.onpointerenter = frame.load
  wrapper.onkeydown = ({ key }) => {
    if (key === 'Escape') show(false)
  }
  if (isRemembered('chat', inbox) || button.matches(':hover')) frame.load()

  return {
    show,
    toggle,
    greet: (text) => greet(text ?? shown.greeting),
    withdraw() {
      show(false)
      bubble?.remove()
    },
    tell: frame.tell,
    speak(language) {
      stage.language = language
      frame.tell({ deskbridge: 'language', language })
    },
    forget() {
      show(false)
      bubble?.remove()
      frame.forget()
      remember('chat', inbox, false)
    },
  }
}
