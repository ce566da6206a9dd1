/** Says something in place of the page's title, and takes back no title that the page has set since. */
export function createPageTitle() {
  let own = document.title
  let said: string | null = null
  return (title: string | null) => {
    if (document.title !== said) own = document.title
    document.title = title ?? own
    said = title
  }
}
