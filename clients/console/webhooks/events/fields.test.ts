import { expect, it } from 'vitest'
import { fieldsOf } from './fields.ts'

const target = {
  oneOf: [
    {
      type: 'object',
      properties: { kind: { const: 'agent' }, agent: { type: 'string' } },
      required: ['kind', 'agent'],
    },
    { type: 'object', properties: { kind: { const: 'team' } }, required: ['kind'] },
  ],
}

it('lists what an event holds, one line a field', () => {
  const schema = {
    type: 'object',
    properties: {
      type: { type: 'string', const: 'chat.rated' },
      timestamp: { type: 'string', format: 'date-time' },
      data: {
        type: 'object',
        properties: {
          text: { anyOf: [{ type: 'string' }, { type: 'null' }] },
          proven: { type: 'array', items: { type: 'string' } },
          to: target,
        },
        required: ['text', 'to'],
      },
    },
    required: ['type', 'timestamp', 'data'],
  }
  expect(fieldsOf(schema).map(({ path, type, isOptional }) => `${path}${isOptional ? '?' : ''}: ${type}`)).toEqual([
    'type: "chat.rated"',
    'timestamp: time',
    'data: object',
    'data.text: string | null',
    'data.proven?: string[]',
    'data.to: object',
    'data.to.kind: "agent" | "team"',
    'data.to.agent?: string',
  ])
})
