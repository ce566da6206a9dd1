import type { Browser } from 'playwright-core'
import type { Contestant, Figures } from './figures.ts'
import { openSite } from './opened.ts'

/** Pages that have opened nothing yet, each with a browser's cache of its own: the first finds nothing in it, the second all. */
export async function openings(browser: Browser, contestant: Contestant, figures: Figures): Promise<void> {
  const context = await browser.newContext()
  for (const cache of ['cold', 'warm']) {
    const site = await openSite(context, contestant)
    await site.slow(true)
    figures.add(`first opening, ${cache} cache`, { took: await site.open() })
    await site.close()
    figures.add('later opening', { took: await site.open() })
    await site.page.close()
  }
  await context.close()
}
