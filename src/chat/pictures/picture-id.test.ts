import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pictureIdOf } from './picture-id.ts'

it('is one of a picture, and another of any other', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array({ minLength: 1 }), (bytes, more) => {
      const id = pictureIdOf(bytes)
      const other = pictureIdOf(Buffer.concat([bytes, more]))
      expect([id === pictureIdOf(Buffer.from(bytes)), id === other]).toEqual([true, false])
    }),
  )
})
