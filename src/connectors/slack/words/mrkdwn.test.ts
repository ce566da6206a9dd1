import { expect, it } from 'vitest'
import { mentioned, toPlainText } from './mrkdwn.ts'

const names = new Map([['U1', 'Grace']])
const cases: [name: string, slack: string, plain: string][] = [
  ['entities', 'a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
  ['a person', 'ask <@U1> please', 'ask @Grace please'],
  ['a person who is not known', '<@U9>', '@U9'],
  ['a person with a label', '<@U1|grace>', '@grace'],
  ['a channel', 'see <#C1|support> and <#C2|>', 'see #support and #C2'],
  ['a call to everybody', '<!here> <!subteam^S1|@desk>', '@here @desk'],
  ['a date', '<!date^1700000000^{date}|14 Nov 2023>', '14 Nov 2023'],
  ['a bare link', '<https://a.example/?x=1&amp;y=2>', 'https://a.example/?x=1&y=2'],
  ['a link with its own address', '<http://a.example|a.example>', 'http://a.example'],
  ['a link with a label', '<https://a.example|our page>', 'our page (https://a.example)'],
  ['an email address', '<mailto:a@b.example|a@b.example>', 'a@b.example'],
  ['emoji', ':wave: :+1::skin-tone-4: :not_one:', '👋 👍🏽 :not_one:'],
  ['emoji in code', '`:wave:` ```\n:wave: &lt;\n``` :wave:', '`:wave:` ```\n:wave: <\n``` 👋'],
  ['bold', 'that is *very important*, *not* so', 'that is very important, not so'],
  ['italics', '_please_ wait (_a moment_)', 'please wait (a moment)'],
  ['struck text', '~ten~ nine', 'ten nine'],
  ['marks in marks', '*_both_* _*ways*_ ~*_all_*~', 'both ways all'],
  ['marks around others', '*see <https://a.example/_x_|our page> `*a*`*', 'see our page (https://a.example/_x_) `*a*`'],
  ['a calculation', '2 * 3 * 4, 5*6*7', '2 * 3 * 4, 5*6*7'],
  ['names with marks', 'snake_case_name, *.md or *.txt, ~/a ~/b', 'snake_case_name, *.md or *.txt, ~/a ~/b'],
  ['a name with marks in italics', '_the snake_case name_', 'the snake_case name'],
  ['emoji beside marks', '_:wave: and :not_one:_', '👋 and :not_one:'],
  ['marks in other alphabets', '*Привет*, *你好*!', 'Привет, 你好!'],
  ['marks over two lines', '*one\ntwo*', '*one\ntwo*'],
  ['marks in code', '`*a*` ```\n_b_ ~c~\n```', '`*a*` ```\n_b_ ~c~\n```'],
  ['a quote', '&gt; you *said*\nyes', '> you said\nyes'],
  ['a quote to the end', 'so:\n&gt;&gt;&gt; one\ntwo', 'so:\n> one\n> two'],
  ['a list', '• one\n    ◦ *two*\n1. three', '• one\n    ◦ two\n1. three'],
  ['a group without a label', '<!subteam^S1>', '@group'],
  ['a date without words', '<!date^1700000000^{date}>', '2023-11-14 22:13 UTC'],
  ['the time of day', 'at 10:30:00', 'at 10:30:00'],
  ['a single bracket', '1 &lt; 2', '1 < 2'],
]

it.each(cases)('reads %s as a customer would', (_, slack, plain) => {
  expect(toPlainText(slack, names)).toBe(plain)
})

it('knows whom a text mentions, each once', () => {
  expect(mentioned('<@U1> <@U2|label> <@U1> <@W3>')).toEqual(['U1', 'W3'])
})

it.each(['*a ', '_a ', '~a ', '`a ', '<a ', ':a'])(
  'does not get lost in a text that opens %j and closes nothing',
  (piece) => {
    const text = piece.repeat(5_000)
    expect(toPlainText(text, names)).toBe(text)
  },
)
