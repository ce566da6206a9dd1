import type { Page } from 'playwright-core'
import { poll, texts, type WidgetPage, write } from './widget-page.ts'

/** A visitor and an agent in one chat, each with a word said. */
export async function aTalk(widget: WidgetPage, options: Parameters<WidgetPage['open']>[0] = {}) {
  const opened = await widget.open(options)
  const { page } = opened
  await write(page, 'Is the blue pot back?')
  const agent = await widget.answering(page)
  await agent.say('It is!')
  await poll(() => texts(page)).toEqual(['Is the blue pot back?', 'It is!'])
  return { ...opened, agent }
}

/** What has the focus, by its name in tests or its words. */
export const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('data-test') ?? document.activeElement?.textContent ?? '')

/** Something of the chat's menu, by its name in tests. */
export const choose = async (page: Page, what: string) => {
  await page.getByTestId('widget-menu').click()
  await page.getByTestId(what).click()
}
