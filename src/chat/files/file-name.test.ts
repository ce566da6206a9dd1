import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DeskbridgeError } from '../../contract/errors.ts'
import { FileRef } from '../../contract/event.ts'
import { FileKind } from '../../contract/file.ts'
import { shownName } from './file-name.ts'

const all = FileKind.options
const nasty = fc.string({
  unit: fc.constantFrom(
    'a',
    'é',
    '語',
    '😀',
    '\ud800',
    '/',
    '\\',
    '.',
    '..',
    ' ',
    '\n',
    '\0',
    '\u202e',
    '\u200b',
    '\ufeff',
    '%',
    '"',
  ),
})

it('is one line that can be stored, whatever the file was called', () => {
  fc.assert(
    fc.property(nasty, fc.nat(400), (text, more) => {
      const name = shownName(`${text}${'😀'.repeat(more)}.png`, 'png', all)
      expect({
        fits: FileRef.shape.name.safeParse(name).success,
        plain: /^[^\p{Cc}\p{Cf}\p{Cs}/\\]+\.png$/u.test(name),
        again: shownName(name, 'png', all),
      }).toEqual({ fits: true, plain: true, again: name })
    }),
  )
})

const outcome = (given: string, kind: FileKind, allowed: readonly FileKind[]) => {
  try {
    return shownName(given, kind, allowed)
  } catch (error) {
    return error instanceof DeskbridgeError ? error.code : error
  }
}

it.each([
  ['a.JPEG', 'jpeg', all, 'a.jpeg'],
  ['a.jfif', 'jpeg', all, 'a.jfif'],
  ['a.jpg', 'png', all, 'a.png'],
  ['a', 'pdf', all, 'a.pdf'],
  ['a.pdf', 'png', all, 'file_type_not_allowed'],
  ['a.png', 'pdf', all, 'file_type_not_allowed'],
  ['a.png.html', 'png', all, 'file_type_not_allowed'],
  ['a.gif', 'png', ['png'], 'file_type_not_allowed'],
] as const)('calls %j, which is a %s, by %j: %j', (given, kind, allowed, name) => {
  expect(outcome(given, kind, allowed)).toBe(name)
})
