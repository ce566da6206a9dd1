import type { Browser } from 'playwright-core'
import type { Contestant, Figures } from './figures.ts'
import { type Opened, openSite } from './opened.ts'

/** A frame that is open, and what can be pressed in it. */
export interface Ready extends Opened {
  of: Contestant
}

const composer = 'textarea'

export async function open(browser: Browser, of: Contestant): Promise<Ready> {
  const site = await openSite(await browser.newContext(), of)
  await site.open()
  await clear(site)
  return { ...site, of }
}

/** What was opened by a button leaves the focus there. */
const write = ({ frame }: Opened) => frame().locator(composer).last().focus()

async function clear(site: Opened): Promise<void> {
  const { page } = site
  await write(site)
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
}

/** A press in the middle of something of the frame, found before it is timed. */
async function pressing({ page, frame }: Opened, what: string): Promise<() => Promise<void>> {
  const { x, y, width, height } = (await frame().locator(what).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  return () => page.mouse.click(x + width / 2, y + height / 2)
}

async function key(site: Ready) {
  await write(site)
  return site.take('keydown', 'typed', () => site.page.keyboard.press('n'))
}

async function add(site: Ready) {
  await write(site)
  await site.page.keyboard.type('Two blue ones, please')
  return site.take('click', 'added', await pressing(site, site.of.add))
}

async function scroll({ take, page, frame }: Ready, by: number) {
  const { x, y, width, height } = (await frame().locator('.messages, #list').boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  }
  await page.mouse.move(x + width / 2, y + height / 2)
  return take('wheel', 'scrolled', () => page.mouse.wheel(0, by))
}

async function sheet(site: Ready, button: string) {
  const taken = await site.take('click', 'shown', await pressing(site, button))
  await site.page.keyboard.press('Escape')
  await site.frame().locator('.sheet').waitFor({ state: 'detached' })
  return taken
}

/** One turn of everything. `where`: goes behind the names. */
export async function interactions(site: Ready, figures: Figures, where = ''): Promise<void> {
  await site.slow(true)
  figures.add(`a key${where}`, await key(site))
  await clear(site)
  figures.add(`a bubble of one’s own${where}`, await add(site))
  const { emoji, menu } = site.of
  if (emoji) figures.add(`the pictograms${where}`, await sheet(site, emoji))
  if (menu) figures.add(`the menu${where}`, await sheet(site, menu))
  await site.slow(false)
}

export async function scrolling(site: Ready, figures: Figures, name: string): Promise<void> {
  await site.slow(true)
  for (const by of [-400, 200]) figures.add(name, await scroll(site, by))
  await site.slow(false)
}

/** Keys while `answer` comes every `everyMs`. */
export async function typingBeside(
  site: Ready,
  figures: Figures,
  name: string,
  beside: { answer(): Promise<unknown>; everyMs: number },
): Promise<void> {
  await site.slow(true)
  const answers = new Set<Promise<unknown>>()
  const timer = setInterval(() => answers.add(beside.answer()), beside.everyMs)
  for (let count = 0; count < 4; count += 1) figures.add(name, await key(site))
  clearInterval(timer)
  await Promise.all(answers)
  await clear(site)
  await site.slow(false)
}
