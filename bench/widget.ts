import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { buildClients } from '../clients/build.ts'
import { aBrowser } from '../test/support/browser.ts'
import type { StoreUrls } from './run.ts'
import { deskbridge, withServer } from './servers.ts'
import { talkIn } from './widget/chats.ts'
import { type Contestant, createFigures, type Figures, print, type Row } from './widget/figures.ts'
import { interactions, open, scrolling, typingBeside } from './widget/interactions.ts'
import { inOneProcess, slowdown } from './widget/opened.ts'
import { openingNames, openings } from './widget/openings.ts'
import { startSite } from './widget/site.ts'

const long = 500
const inLong = `, of ${long} messages`
const answersEveryMs = 100

interface Contestants {
  widget: Contestant
  empty: Contestant
}
type Both = Record<keyof Contestants, Figures>

const openingRows: Row[] = openingNames.map((name) => ({ name }))
const interactionRows: Row[] = [
  { name: 'a key' },
  { name: 'a bubble of one’s own' },
  { name: 'the pictograms', beside: 'a bubble of one’s own' },
  { name: 'the menu', beside: 'a bubble of one’s own' },
  ...['a key', 'a bubble of one’s own'].map((name) => ({ name: `${name}${inLong}` })),
  ...['the pictograms', 'the menu'].map((name) => ({
    name: `${name}${inLong}`,
    beside: `a bubble of one’s own${inLong}`,
  })),
  { name: `scrolling${inLong}` },
  { name: `a key while messages come${inLong}`, beside: `a key${inLong}` },
]

async function inTurns(browser: Browser, url: string, { widget, empty }: Contestants, rounds: number, into: Both) {
  const short = await open(browser, widget)
  const chat = await open(browser, widget)
  const bare = await open(browser, empty)
  const list = await open(browser, { ...empty, url: `${empty.url}?rows=${long}` })
  const talks = [await talkIn(url, short), await talkIn(url, chat)] as const
  try {
    await talks[1].fill(long)
    console.log(
      `a loop in the chat's frame takes ${(await chat.slowed()).toFixed(1)} times as long as without the throttle`,
    )
    for (let round = 0; round < rounds; round += 1) {
      await interactions(short, into.widget)
      await interactions(bare, into.empty)
      await interactions(chat, into.widget, inLong)
      await interactions(list, into.empty, inLong)
      await scrolling(chat, into.widget, `scrolling${inLong}`)
      await scrolling(list, into.empty, `scrolling${inLong}`)
      const name = `a key while messages come${inLong}`
      await typingBeside(chat, into.widget, name, { answer: talks[1].answer, everyMs: answersEveryMs })
    }
  } finally {
    for (const talk of talks) talk.end()
  }
}

/** How soon the widget can be used and answers, on a slowed processor, beside a page whose frame holds nothing but a line to write on. */
export async function widget(stores: StoreUrls, rounds: number): Promise<void> {
  await buildClients(join(import.meta.dirname, '..', 'dist'))
  await withServer({ ...deskbridge, settings: 'bench/limits.yaml' }, stores, async (url) => {
    const site = await startSite(url)
    const { browser, close } = await aBrowser(...inOneProcess)
    try {
      const contestants: Contestants = {
        widget: {
          url: site.shop,
          button: '[data-test=launcher]',
          add: '[data-test=widget-send]',
          emoji: '[data-test=widget-emoji]',
          menu: '[data-test=widget-menu]',
        },
        empty: { url: site.empty, button: '#open', add: '#add' },
      }
      const into: Both = { widget: createFigures(), empty: createFigures() }
      console.log(`Chromium ${browser.version()}, its processor slowed ${slowdown} times; ${rounds} times in turn`)
      for (let round = 0; round < rounds; round += 1) {
        await openings(browser, contestants.widget, into.widget)
        await openings(browser, contestants.empty, into.empty)
      }
      await inTurns(browser, url, contestants, rounds, into)
      print({ title: 'From the press to a letter in the composer', most: 300, rows: openingRows, ...into })
      print({ title: 'From the event to its paint', most: 50, rows: interactionRows, ...into })
      console.log(
        '\n* What Event Timing says, up to the picture on the screen, in steps of 8. The rest: up to the end of the frame.',
      )
    } finally {
      await close()
      site.stop()
    }
  })
}
