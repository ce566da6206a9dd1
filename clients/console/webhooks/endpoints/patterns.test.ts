import { expect, it } from 'vitest'
import { add, covers, takeOut, touches } from './patterns.ts'

const types = ['chat.created', 'chat.closed', 'note.created']

it.each([
  [['*'], 'note.created', true],
  [['chat.*'], 'chat.*', true],
  [['chat.*'], 'chat.closed', true],
  [['chat.closed'], 'chat.closed', true],
  [['chat.closed'], 'chat.*', false],
  [['chat.*'], 'note.created', false],
  [[], '*', false],
])('%j is told of %s: %s', (chosen, pattern, isTold) => {
  expect(covers(chosen, pattern)).toBe(isTold)
})

it.each([
  [['*'], 'note', true],
  [['chat.closed'], 'chat', true],
  [['chat.closed'], 'note', false],
])('%j is told of some of %s: %s', (chosen, group, isTold) => {
  expect(touches(chosen, group)).toBe(isTold)
})

it.each([
  [['chat.closed', 'note.created'], 'chat.*', ['note.created', 'chat.*']],
  [['chat.closed'], 'note.created', ['chat.closed', 'note.created']],
  [['chat.closed', 'note.*'], '*', ['*']],
])('%j and %s is %j', (chosen, pattern, expected) => {
  expect(add(chosen, pattern)).toEqual(expected)
})

it.each([
  [['*'], '*', []],
  [['*'], 'note.*', ['chat.*']],
  [['*'], 'chat.closed', ['chat.created', 'note.*']],
  [['chat.*'], 'chat.created', ['chat.closed']],
  [['chat.created', 'note.*'], 'chat.*', ['note.*']],
  [['chat.created'], 'chat.created', []],
])('%j without %s is %j', (chosen, pattern, expected) => {
  expect(takeOut(chosen, pattern, types)).toEqual(expected)
})
