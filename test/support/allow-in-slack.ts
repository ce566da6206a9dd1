/** What somebody clicks on Slack's page at an address; answers where Slack sends them back to. */
export async function allowInSlack(
  address: string,
  { team, choice = 'allow' }: { team: string; choice?: 'allow' | 'cancel' },
): Promise<URL> {
  const { origin, pathname, searchParams } = new URL(address)
  const page = await fetch(address)
  if (!page.ok) throw new Error(`Slack does not show the page: ${await page.text()}`)
  const body = new URLSearchParams([...searchParams, ['team', team], ['choice', choice]])
  const answer = await fetch(`${origin}${pathname}`, { method: 'POST', body, redirect: 'manual' })
  return new URL(answer.headers.get('location') ?? '')
}
