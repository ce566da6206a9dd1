import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aPdf, aPicture } from '../support/files.ts'
import { aWidgetPage, poll, texts, type WidgetPage, write } from '../support/widget-page.ts'

/** Bytes. */
const maxFileSize = 600_000

let widget: WidgetPage
let picture: Buffer
beforeAll(async () => {
  widget = await aWidgetPage({ limits: { maxFileSize } })
  picture = await aPicture('png', { width: 1_200, height: 800 })
})
afterAll(() => widget.close())

/** A page whose chat has begun, and the agent in it. */
async function begun() {
  const opened = await widget.open()
  await write(opened.page, 'Look:')
  const agent = await widget.answering(opened.page)
  return { ...opened, agent }
}

const choose = (page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
  page.getByTestId('widget-file').setInputFiles(files)
const aPng = (name: string, buffer = picture) => ({ name, mimeType: 'image/png', buffer })
const inTray = (page: Page) => page.getByTestId('widget-chosen').locator('.file-name').allTextContents()

/** Hands a file over as the browser does when it is pasted or dropped. */
const hand = (page: Page, kind: 'paste' | 'drop', name: string) =>
  page.evaluate(
    ([how, called, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const data = new DataTransfer()
      data.items.add(new File([bytes], called, { type: 'image/png' }))
      const about = { bubbles: true, cancelable: true }
      const target = document.querySelector('[data-test=widget-input]')
      if (how === 'paste')
        return void target?.dispatchEvent(new ClipboardEvent('paste', { ...about, clipboardData: data }))
      for (const event of ['dragenter', 'dragover'])
        target?.dispatchEvent(new DragEvent(event, { ...about, dataTransfer: data }))
      Object(globalThis).dropIt = () => target?.dispatchEvent(new DragEvent('drop', { ...about, dataTransfer: data }))
    },
    [kind, name, picture.toString('base64')] as const,
  )

it('sends several files with a caption, shows a picture in small where there was room for it, and a document as a card', async () => {
  const { page, context, agent, problems } = await begun()
  await choose(page, aPng('pot.png'), { name: 'Care.pdf', mimeType: 'application/pdf', buffer: aPdf() }, aPng('no.png'))
  await poll(() => inTray(page)).toEqual(['pot.png', 'Care.pdf', 'no.png'])
  await page.getByRole('button', { name: 'Remove the file: no.png' }).click()
  await write(page, 'Has it got a crack?')
  await poll(() => inTray(page)).toEqual([])
  await poll(() => agent.heard().map(({ content, file }) => [content, Object(file).name])).toEqual([
    ['Has it got a crack?', 'pot.png'],
    ['', 'Care.pdf'],
  ])
  const image = page.getByRole('img', { name: 'pot.png' })
  const shown = () =>
    image.evaluate((one: HTMLImageElement) => [one.naturalWidth > 0, one.width, one.height, one.closest('a')?.target])
  await poll(shown).toEqual([true, 240, 160, '_blank'])
  await poll(() => page.getByRole('link', { name: /Care\.pdf/ }).textContent()).toMatch(/Care\.pdf \d+ B/)
  expect(problems).toEqual([])
  await context.close()
})

it('takes what is pasted and what is dropped, and shows where it can be dropped', async () => {
  const { page, context, agent } = await begun()
  await hand(page, 'paste', 'pasted.png')
  await poll(() => inTray(page)).toEqual(['pasted.png'])
  await hand(page, 'drop', 'dropped.png')
  await page.getByText('Drop the file here').waitFor()
  await page.evaluate(() => Object(globalThis).dropIt())
  await poll(() => page.getByText('Drop the file here').count()).toBe(0)
  await poll(() => inTray(page)).toEqual(['pasted.png', 'dropped.png'])
  await page.getByTestId('widget-send').click()
  await poll(() => agent.heard().map(({ file }) => Object(file).name)).toEqual(['pasted.png', 'dropped.png'])
  await context.close()
})

it('shows how much of a file is up, and takes it back', async () => {
  const { page, context, agent } = await begun()
  const raw = { width: 350, height: 400, channels: 3 } as const
  const large = await sharp(randomBytes(raw.width * raw.height * raw.channels), { raw })
    .png()
    .toBuffer()
  const network = await context.newCDPSession(page)
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 60_000 }
  await network.send('Network.emulateNetworkConditions', slow)
  await choose(page, aPng('large.png', large), aPng('small.png'))
  await page.getByTestId('widget-send').click()
  const progress = page.getByTestId('widget-upload').first().getByRole('progressbar')
  await poll(() => progress.evaluate((bar: HTMLProgressElement) => bar.value)).toBeGreaterThan(0.1)
  await page.getByTestId('widget-cancel-upload').first().click()
  await network.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 })
  await poll(() => agent.heard().map(({ file }) => Object(file).name)).toEqual(['small.png'])
  await poll(() => page.getByTestId('widget-upload').count()).toBe(0)
  await context.close()
})

it('says which files are taken where one is not, and lets go of it', async () => {
  const { page, context, agent } = await begun()
  await choose(
    page,
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') },
    aPng('huge.png', randomBytes(maxFileSize + 50_000)),
  )
  await page.getByTestId('widget-send').click()
  const refused = page.getByTestId('widget-upload').getByRole('alert')
  await poll(() => refused.allTextContents()).toEqual([
    expect.stringContaining('Only files of these kinds can be sent: \u2068JPEG, PNG, GIF, PDF\u2069.'),
    expect.stringContaining('The file is too large; at most 600 kB can be sent.'),
  ])
  await page.getByRole('button', { name: 'Remove' }).first().click()
  await page.getByRole('button', { name: 'Remove' }).click()
  await poll(() => page.getByTestId('widget-upload').count()).toBe(0)
  await write(page, 'Never mind')
  await poll(() => agent.heard().map(({ content }) => content)).toEqual(['Never mind'])
  await poll(() => texts(page)).toEqual(['Look:', 'Never mind'])
  await context.close()
})

it('begins the chat with a file', async () => {
  const { page, context } = await widget.open()
  await choose(page, aPng('first.png'))
  await page.getByTestId('widget-send').click()
  await page.getByTestId('widget-message').getByRole('img', { name: 'first.png' }).waitFor()
  await context.close()
})
