import { setTimeout } from 'node:timers/promises'
import type { BrowserContext, Frame, Page } from 'playwright-core'
import type { Contestant } from './figures.ts'
import { install, type Outcome, type Probe, type Taken } from './probe.ts'

/** As many times slower than this machine. */
export const slowdown = 4

/** Site and chat in one process, as on a phone: the site's work slows the chat, and one throttle slows both. */
export const inOneProcess = [
  '--disable-site-isolation-trials',
  '--disable-features=IsolateOrigins,site-per-process,OriginKeyedProcessesByDefault',
]

/** More than the slowest opening takes. ms */
const patience = 30_000

/** A site's page, and the frame that its button opens. */
export interface Opened {
  page: Page
  frame(): Frame
  slow(isSlow: boolean): Promise<void>
  /** From the press on the button to the first letter that is painted in the composer. `hoverMs`: the pointer is there before. ms */
  open(hoverMs?: number): Promise<number>
  close(): Promise<void>
  /** Does `act` and waits for its `event` in the frame and what comes of it. */
  take(event: string, outcome: Outcome, act: () => Promise<unknown>): Promise<Taken>
  /** How many times as long work takes in the frame while it is slow. */
  slowed(): Promise<number>
}

async function tooLate(): Promise<never> {
  await setTimeout(patience, undefined, { ref: false })
  throw new Error('the composer does not come')
}

/** In the page: what `install` has put there. */
type Probed = { probe: Probe }

export async function openSite(
  context: BrowserContext,
  { url, button }: Pick<Contestant, 'url' | 'button'>,
): Promise<Opened> {
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  let ready = (_at: number) => {}
  await page.exposeFunction('composerIsReady', (at: number) => ready(at))
  await page.addInitScript(install)
  const session = await context.newCDPSession(page)
  await page.goto(url)
  const launcher = page.locator(button)
  await launcher.waitFor()
  const { x, y, width, height } = (await launcher.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const press = () => page.mouse.click(x + width / 2, y + height / 2)
  const hover = async (ms: number) => {
    await page.mouse.move(x + width / 2, y + height / 2)
    await setTimeout(ms)
  }
  const frame = () => {
    const found = page.frames().find((one) => one !== page.mainFrame())
    if (!found) throw new Error('the frame is not there')
    return found
  }
  const take: Opened['take'] = async (event, outcome, act) => {
    await frame().evaluate(([name, what]) => (globalThis as unknown as Probed).probe.arm(name, what), [
      event,
      outcome,
    ] as const)
    await act()
    return frame().evaluate(() => (globalThis as unknown as Probed).probe.taken())
  }

  const slow = async (isSlow: boolean) =>
    void (await session.send('Emulation.setCPUThrottlingRate', { rate: isSlow ? slowdown : 1 }))
  const work = () => frame().evaluate(() => (globalThis as unknown as Probed).probe.work())

  return {
    ...{ page, frame, take, slow },
    async open(hoverMs = 0) {
      if (hoverMs > 0) await hover(hoverMs)
      const composer = new Promise<number>((resolve) => (ready = resolve))
      await press()
      const at = await Promise.race([composer, tooLate()])
      // What the bench itself needs to hear of it and to press a key is not counted.
      const { took } = await take('keydown', 'typed', () => page.keyboard.press('a'))
      return at - (await page.evaluate(() => (globalThis as unknown as Probed).probe.pressed)) + took
    },
    async close() {
      await press()
      await page.locator('iframe').waitFor({ state: 'hidden' })
    },
    async slowed() {
      const before = await work()
      await slow(true)
      const after = await work()
      await slow(false)
      return after / before
    },
  }
}
