const turnMs = 1_500

/** Says in the page's title that there is news, in turn with what it says by itself, until it is told that there is none. */
export function createTitleFlash(tell: (title: string | null) => void, isCalm: () => boolean) {
  let timer: ReturnType<typeof setInterval> | undefined
  let said: string | null = null
  return (title: string | null) => {
    if (title === said) return
    said = title
    clearInterval(timer)
    tell(title)
    if (title === null || isCalm()) return
    let isSaid = true
    timer = setInterval(() => tell((isSaid = !isSaid) ? title : null), turnMs)
  }
}
