import type { Browser } from 'playwright-core'
import type { Contestant, Figures } from './figures.ts'
import { openSite } from './opened.ts'

const caches = ['cold', 'warm'] as const

/** How somebody comes to the button: with a finger, or with a mouse, which is over it a while before it is pressed. ms */
const comings = [
  { hoverMs: 0, how: '' },
  { hoverMs: 250, how: ', pointer there 250 ms before' },
] as const

const nameOf = (cache: (typeof caches)[number], how: string) => `first opening, ${cache} cache${how}`
const later = 'later opening'

export const openingNames: readonly string[] = [
  ...comings.flatMap(({ how }) => caches.map((cache) => nameOf(cache, how))),
  later,
]

/** Pages that have opened nothing yet, in pairs with a browser's cache of their own: the first finds nothing in it, the second all. */
export async function openings(browser: Browser, contestant: Contestant, figures: Figures): Promise<void> {
  for (const { hoverMs, how } of comings) {
    const context = await browser.newContext()
    for (const cache of caches) {
      const site = await openSite(context, contestant)
      await site.slow(true)
      figures.add(nameOf(cache, how), { took: await site.open(hoverMs) })
      await site.close()
      figures.add(later, { took: await site.open() })
      await site.page.close()
    }
    await context.close()
  }
}
