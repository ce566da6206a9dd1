import { expect, it } from 'vitest'
import { SessionId } from '../../contract/ids.ts'
import { Transcript } from '../../contract/transcript.ts'
import type { Line } from './line-of.ts'
import { localTime } from './local-time.ts'
import { htmlPolicy, htmlRendering } from './render-html.ts'
import { jsonRendering } from './render-json.ts'
import { textRendering } from './render-text.ts'
import type { About, Rendering } from './rendering.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 2, 23, minute))
const aLine = (more: Partial<Extract<Line, { kind: 'message' }>> = {}): Line => ({
  kind: 'message',
  seq: 2,
  at: at(10),
  sender: { type: 'visitor', name: 'Ana' },
  content: 'Hi',
  file: null,
  isInternal: false,
  edited: false,
  deleted: false,
  ...more,
})
const about: About = {
  sessionId: SessionId.parse(`ses_${'1'.repeat(24)}`),
  inbox: 'Shop',
  visitor: { name: 'Ana', email: 'ana@example.com' },
  startedAt: at(0),
  upTo: 9,
  time: localTime({ timeZone: 'Europe/Lisbon', locale: 'en-GB' }),
}
const rendered = (rendering: Rendering, lines: readonly Line[], of: About = about) =>
  [rendering.head(of), ...lines.map((line, index) => rendering.line(line, of.time, index === 0)), rendering.end].join(
    '',
  )

const story = [
  aLine({ content: 'Hi\nthere' }),
  aLine({ seq: 3, sender: { type: 'agent', name: 'Bo' }, content: 'Hello', edited: true }),
  aLine({ seq: 4, sender: { type: 'agent', name: 'Bo' }, content: 'careful', isInternal: true }),
  aLine({ seq: 5, content: '', deleted: true }),
  aLine({
    seq: 6,
    content: '',
    file: { name: 'bill.pdf', type: 'application/pdf', size: 9, url: 'https://chat.example/f/1' },
  }),
  { kind: 'happening', seq: 7, at: at(20), what: 'closed', name: 'Bo' } satisfies Line,
]

it('says of a bot that it is one, whatever its name', () => {
  const line = aLine({ sender: { type: 'bot', name: 'Bo' }, content: 'On its way' })
  const [text = '', html = ''] = [textRendering, htmlRendering].map((rendering) => rendered(rendering, [line]))
  expect([text.includes('Bo (bot)\n    On its way'), html.includes('<bdi>Bo (bot)</bdi>')]).toEqual([true, true])
})

it('tells a chat as text, what was written indented so that it cannot pass for another’s', () => {
  expect(rendered(textRendering, story)).toBe(`Chat with Shop
Ana <ana@example.com>
Friday, 2 January 2026, 23:00 (times in Europe/Lisbon)
ses_111111111111111111111111

23:10  Ana
    Hi
    there

23:10  Bo (edited)
    Hello

23:10  Bo (internal note)
    careful

23:10  Ana
    [message deleted]

23:10  Ana
    [file: bill.pdf https://chat.example/f/1]

23:20  * Bo closed the chat
`)
})

it('is one JSON object with the offset in every time', () => {
  const time = localTime({ timeZone: 'Asia/Kathmandu', locale: 'ne' })
  const transcript = Transcript.parse(JSON.parse(rendered(jsonRendering, story, { ...about, time })))
  expect([transcript.timeZone, transcript.startedAt, transcript.lines.map((line) => line.at).at(-1)]).toEqual([
    'Asia/Kathmandu',
    '2026-01-03T04:45:00+05:45',
    '2026-01-03T05:05:00+05:45',
  ])
  expect(transcript.lines).toEqual(story.map((line) => ({ ...line, at: time.iso(line.at) })))
})

it('is one JSON object without a line as well', () => {
  expect(JSON.parse(rendered(jsonRendering, []))).toMatchObject({ lines: [] })
})

const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&\u202egnp.exe`

it('shows hostile names, texts, files and links as the text that they are', () => {
  const page = rendered(
    htmlRendering,
    [
      aLine({ sender: { type: 'visitor', name: hostile }, content: hostile }),
      aLine({ file: { name: hostile, type: 'text/html', size: 1, url: 'javascript:alert(3)' } }),
      aLine({ file: { name: 'f', type: 'x', size: 1, url: `https://x.example/"onmouseover="alert(4)` } }),
      { kind: 'happening', seq: 9, at: at(1), what: 'joined', name: hostile },
    ],
    { ...about, inbox: hostile, visitor: { name: hostile, email: hostile } },
  )
  const tags = new Set([...page.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag]) => tag))
  expect([...tags].sort()).toEqual(
    'a article bdi body h1 h3 head header html main meta p style time title'.split(' ').sort(),
  )
  expect(page).not.toMatch(/<[^>]*\son\w+=|javascript:/)
  expect(page.slice(page.indexOf('<header>'))).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
})

it('marks deleted messages, notes and edits, and links files, in HTML', () => {
  expect(rendered(htmlRendering, story).split('<main>')[1]).toBe(`
<article class="visitor">
<h3><bdi>Ana</bdi> <time datetime="2026-01-02T23:10:00+00:00">23:10</time></h3>
<p dir="auto">Hi
there</p>
</article>
<article class="agent">
<h3><bdi>Bo</bdi> <time datetime="2026-01-02T23:10:00+00:00">23:10</time> <small>(edited)</small></h3>
<p dir="auto">Hello</p>
</article>
<article class="note">
<h3><bdi>Bo</bdi> <time datetime="2026-01-02T23:10:00+00:00">23:10</time> <small>(internal note)</small></h3>
<p dir="auto">careful</p>
</article>
<article class="visitor">
<h3><bdi>Ana</bdi> <time datetime="2026-01-02T23:10:00+00:00">23:10</time></h3>
<p class="gone">message deleted</p>
</article>
<article class="visitor">
<h3><bdi>Ana</bdi> <time datetime="2026-01-02T23:10:00+00:00">23:10</time></h3>
<p><a href="https://chat.example/f/1" rel="noopener noreferrer" target="_blank"><bdi>bill.pdf</bdi></a></p>
</article>
<p class="happening"><bdi>Bo closed the chat</bdi> · <time datetime="2026-01-02T23:20:00+00:00">23:20</time></p>
</main>
</body>
</html>
`)
})

it('lets the page load nothing but its own style', () => {
  expect(htmlPolicy).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}=';/)
})

it.each([
  [{ timeZone: 'Mars/Olympus', locale: 'en-GB' }, 'UTC', /Friday.*2 January 2026/, '2026-01-02T23:10:00+00:00'],
  [
    { timeZone: 'America/New_York', locale: 'de-DE' },
    'America/New_York',
    /Freitag.*2. Januar 2026/,
    '2026-01-02T18:10:00-05:00',
  ],
  [{ timeZone: 'Asia/Tokyo', locale: 'x' }, 'Asia/Tokyo', /Saturday.*3 January 2026/, '2026-01-03T08:10:00+09:00'],
  [{ timeZone: 'Asia/Riyadh', locale: 'ar-EG' }, 'Asia/Riyadh', /٢٠٢٦/, '2026-01-03T02:10:00+03:00'],
  [{}, 'UTC', /Friday.*2 January 2026/, '2026-01-02T23:10:00+00:00'],
])('puts times on the clock and in the words of %j', (visitor, zone, day, iso) => {
  const time = localTime(visitor)
  expect([time.zone, time.day(at(10)), time.iso(at(10))]).toEqual([zone, expect.stringMatching(day), iso])
})
