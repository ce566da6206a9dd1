import { expect, it } from 'vitest'
import { EventKey } from '../../contract/ids.ts'
import type { Arrival, Told } from '../port/arrival.ts'
import { leftAfter, toldOf } from './told-of.ts'

const said = { author: { id: 'U1', name: 'Grace' }, text: 'Hi' }
const message: Arrival = { kind: 'message', key: EventKey.parse('slack:1'), ...said }
const edit: Arrival = { kind: 'edit', of: EventKey.parse('slack:1'), key: EventKey.parse('slack:2'), ...said }

it.each<[Arrival, string, string | null]>([
  [message, 'posted', 'heard'],
  [message, 'posted without a file', 'a file'],
  [message, 'passed: empty', 'empty'],
  [message, 'refused: invalid_input', 'refused'],
  [{ ...message, internal: true }, 'posted', null],
  [{ ...message, internal: true }, 'refused: invalid_input', null],
  [edit, 'edited', null],
  [edit, 'refused: invalid_input', 'refused'],
  [{ kind: 'pass', reason: 'r', unheard: 'another app' }, 'passed: r', 'another app'],
  [{ kind: 'pass', reason: 'r' }, 'passed: r', null],
  [{ kind: 'own', marker: null }, 'ours', null],
])('tells the author of %j that has become “%s”: %s', (arrival, outcome, told) => {
  expect(toldOf(arrival, outcome, [])).toBe(told)
})

it.each<[Told[], string, Told | null]>([
  [['empty'], 'edited', 'heard'],
  [['heard', 'refused'], 'edited', 'heard'],
  [['refused', 'heard'], 'edited', null],
  [['a file'], 'edited', null],
  [['left'], 'edited', 'heard'],
  [['a file', 'refused'], 'edited', null],
  [['empty'], 'posted', 'heard'],
  [['empty'], 'refused: invalid_input', 'refused'],
])('after %j, tells the author of an edit that has become “%s”: %s', (before, outcome, told) => {
  expect(toldOf(edit, outcome, before)).toBe(told)
})

it.each<[Told[], Told | null]>([
  [[], 'left'],
  [['empty'], 'left'],
  [['left'], null],
  [['left', 'heard'], 'left'],
])('after %j, tells of a customer who has left: %s', (before, told) => {
  expect(leftAfter(before)).toBe(told)
})
