import { expect, it } from 'vitest'
import { saysSomething, wholly } from './redact.ts'

it.each([
  ['My ID is 847564!', '<redact>My ID is 847564!</redact>'],
  [
    '<div class="zd-comment" dir="auto">Ana · 12:00<br>one &amp; <b>two</b></div>',
    '<div class="zd-comment" dir="auto"><redact>Ana · 12:00</redact><br><redact>one &amp; </redact><b><redact>two</redact></b></div>',
  ],
  [
    '<p>see <a href="https://x.example/ana">her page</a><img src="https://x.example/a.png" /></p>',
    '<p><redact>see </redact><a href="https://x.example/ana" redact><redact>her page</redact></a><img src="https://x.example/a.png" redact></p>',
  ],
  ['<p> </p>\n<p>\n</p>', '<p> </p>\n<p>\n</p>'],
])('marks everything in a comment, and its markup where that shows something: %s', (html, marked) => {
  expect(wholly(html)).toBe(marked)
})

const aComment = (more: object) => ({ id: '1', type: 'Comment' as const, public: false, author_id: '2', ...more })

it.each([
  [{ html_body: '<p>▇▇▇ ▇▇<br>▇▇&nbsp;</p>', body: '▇▇▇' }, false],
  [{ html_body: '<p>▇▇▇ and</p>' }, true],
  [{ body: 'only plain' }, true],
  [{ html_body: '<p>▇</p><img src="https://x.example/a.png">' }, true],
  [{ html_body: '<p>▇</p>', attachments: [{ content_url: 'https://x.example/a.png' }] }, true],
])('knows whether a comment still says or shows something: %o', (comment, says) => {
  expect(saysSomething(aComment(comment))).toBe(says)
})
