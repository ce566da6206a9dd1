import { small } from './style.ts'

/** While the chat takes the whole screen the page behind does not scroll, and the keyboard leaves the chat what it leaves. */
export function fillScreen(wrapper: HTMLElement): () => void {
  const { style } = document.documentElement
  const overflow = style.overflow
  const view = window.visualViewport
  const isSmall = matchMedia(small)
  const fill = () => {
    style.overflow = isSmall.matches ? 'hidden' : overflow
    wrapper.style.setProperty('--h', `${view?.height}px`)
    wrapper.style.setProperty('--t', `${view?.offsetTop}px`)
  }
  view?.addEventListener('resize', fill)
  view?.addEventListener('scroll', fill)
  fill()
  return () => {
    view?.removeEventListener('resize', fill)
    view?.removeEventListener('scroll', fill)
    style.overflow = overflow
  }
}
