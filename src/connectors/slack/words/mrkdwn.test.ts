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
  ['the time of day', 'at 10:30:00', 'at 10:30:00'],
  ['a single bracket', '1 &lt; 2', '1 < 2'],
]

it.each(cases)('reads %s as a customer would', (_, slack, plain) => {
  expect(toPlainText(slack, names)).toBe(plain)
})

it('knows whom a text mentions, each once', () => {
  expect(mentioned('<@U1> <@U2|label> <@U1> <@W3>')).toEqual(['U1', 'W3'])
})
