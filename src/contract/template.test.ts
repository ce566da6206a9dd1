import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readTemplate, render, type Values } from './template.ts'

const nobody: Values = { variables: {}, attributes: {} }
const ana: Values = {
  variables: { 'visitor.name': 'Ana', 'agent.email': 'bo@example.com', 'inbox.name': '  ' },
  attributes: { plan: 'pro', seats: 0, trial: false, constructor: 'own' },
}

it.each([
  ['Hello {{visitor.name}}!', 'Hello Ana!'],
  ['Hello {{ visitor.name | there }}!', 'Hello Ana!'],
  ['Hello {{visitor.email|there}}!', 'Hello there!'],
  ['Hello {{visitor.email}}!', 'Hello !'],
  ['{{inbox.name|us}}', 'us'],
  ['{{visitor.plan}}, {{visitor.seats}}, {{visitor.trial}}, {{visitor.since|long}}', 'pro, 0, false, long'],
  ['{{visitor.toString|none}} {{visitor.__proto__|none}} {{visitor.constructor}}', 'none none own'],
  ['{{visitor.email|a|b}}', 'a|b'],
  ['a } b }} c { d', 'a } b }} c { d'],
])('renders %s', (template, text) => {
  expect(render(template, ana)).toBe(text)
})

it.each([
  ['Hi {{visitor}}', [{ position: 3, problem: 'unknown variable: visitor' }]],
  [
    '{{}} {{agent.password|x}}',
    [
      { position: 0, problem: 'unknown variable: ' },
      { position: 5, problem: 'unknown variable: agent.password' },
    ],
  ],
  ['{{visitor.name', [{ position: 0, problem: 'is not closed, or has braces inside' }]],
  ['{{visitor.name {{agent.name}}', [{ position: 0, problem: 'is not closed, or has braces inside' }]],
  ['{{visitor.name|{there}}}', [{ position: 0, problem: 'is not closed, or has braces inside' }]],
  ['{{constructor}}', [{ position: 0, problem: 'unknown variable: constructor' }]],
])('names what is wrong, and where: %s', (template, problems) => {
  expect(readTemplate(template).problems).toEqual(problems)
})

const template = fc.array(
  fc.oneof(
    fc.string(),
    fc.constantFrom('{{', '}}', '|', '{{visitor.name}}', '{{visitor.plan|none}}', '{{agent.email}}', '{{x}}'),
  ),
)

it('puts values in as they are, and never reads what it has put in', () => {
  fc.assert(
    fc.property(template, template, (pieces, value) => {
      const variables = { 'visitor.name': `x${value.join('')}`, 'agent.email': 'SECRET' }
      const { parts } = readTemplate(pieces.join(''))
      const expected = parts.map((part) => {
        if (part.kind === 'text') return part.text
        if (part.kind === 'attribute') return part.fallback
        return variables[part.name as keyof typeof variables]
      })
      expect(render(pieces.join(''), { variables, attributes: {} })).toBe(expected.join(''))
    }),
  )
})

it('keeps every character that belongs to no variable', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const plain = text.replaceAll('{{', '')
      expect([render(plain, nobody), readTemplate(plain).problems]).toEqual([plain, []])
    }),
  )
})

it('reads the names that it knows without a problem, and puts nothing in for what it could not read', () => {
  fc.assert(
    fc.property(template, (pieces) => {
      const whole = pieces.join('')
      const { parts, problems } = readTemplate(whole)
      const unread = parts.filter((part) => part.kind === 'text' && part.text.startsWith('{{'))
      expect(unread.length).toBe(problems.length)
      for (const { position } of problems) expect(whole.slice(position, position + 2)).toBe('{{')
    }),
  )
})
