import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/** A real Chromium: the one that `CHROME_PATH` names, npm's on Linux, else the Chrome that is installed. `more`: switches. */
export async function aBrowser(...more: string[]): Promise<{ browser: Browser; close(): Promise<void> }> {
  const own = mkdtempSync(join(tmpdir(), 'browser-'))
  // It is unpacked into the temporary folder, whatever version lies there already.
  process.env.TMPDIR = own
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    ...more,
  ]
  const browser = await launch(args)
  return {
    browser,
    async close() {
      await browser.close()
      rmSync(own, { recursive: true, force: true })
    },
  }
}

async function launch(args: string[]): Promise<Browser> {
  if (process.env.CHROME_PATH) return chromium.launch({ executablePath: process.env.CHROME_PATH, args })
  if (process.platform === 'linux' && process.arch === 'x64') {
    return chromium.launch({ executablePath: await sparticuz.executablePath(), args })
  }
  return chromium.launch({ channel: 'chrome', args })
}

export const screenshotFolder = join(import.meta.dirname, '..', 'output', 'screenshots')

export function screenshotPath(name: string): string {
  mkdirSync(screenshotFolder, { recursive: true })
  return join(screenshotFolder, `${name}.png`)
}
