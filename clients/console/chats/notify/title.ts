/** Keeps `(3)` before the page's title, whatever the page sets there. Answers how to end it. */
export function countInTitle(count: number): () => void {
  const title = document.querySelector('title')
  const bare = () => document.title.replace(/^\(\d+\) /, '')
  const put = () => {
    const wanted = count > 0 ? `(${count}) ${bare()}` : bare()
    if (document.title !== wanted) document.title = wanted
  }
  put()
  const observer = new MutationObserver(put)
  if (title) observer.observe(title, { childList: true })
  return () => observer.disconnect()
}
