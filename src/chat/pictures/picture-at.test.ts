import { expect, it } from 'vitest'
import { PictureId } from '../../contract/ids.ts'
import { pictureAtOf } from './picture-at.ts'

const id = PictureId.parse(`pic_${'1'.repeat(24)}`)

it.each([
  ['our own address', undefined, 'https://chat.example'],
  ['the files’ own, if they have one', 'https://files.example/', 'https://files.example'],
])('is at %s', (_where, url, origin) => {
  const files = { folder: '', linkLife: 1, deliveredLinkLife: 1, orphanAfter: 1, url }
  expect(pictureAtOf({ publicUrl: 'https://chat.example/', files })(id)).toBe(`${origin}/api/chat/pictures/${id}`)
})
