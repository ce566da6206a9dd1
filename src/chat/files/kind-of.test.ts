import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hasSecondFace } from './kind-of.ts'

/** The end of a zip archive, with a comment. */
function anArchiveEnd(comment: string): Buffer {
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([end, Buffer.from(comment, 'latin1')])
}

it('finds an archive behind whatever there is, with any comment', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 3_000 }),
      fc.string({ unit: 'binary-ascii', maxLength: 500 }),
      (before, comment) => {
        expect(hasSecondFace(Buffer.concat([before, anArchiveEnd(comment)]))).toBe(true)
      },
    ),
  )
})

it.each([
  ['a page', '<HTML lang=en>', true],
  ['a script', 'GIF89a=1/*<script>', true],
  ['PHP', 'GIF89a<?php echo 1', true],
  ['a document in a picture', '\x89PNG....%PDF-1.7', true],
  ['a document', '%PDF-1.7 ...', false],
  ['what cameras write', 'Exif <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>', false],
  ['the letters of an archive in the middle', `PK\x05\x06${'x'.repeat(100)}`, false],
])('knows %s', (_what, text, second) => {
  expect(hasSecondFace(Buffer.from(text, 'latin1'))).toBe(second)
})
