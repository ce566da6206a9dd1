import { describe, expect, it } from 'vitest'
import { DeskbridgeError } from '../../contract/errors.ts'
import { FileId } from '../../contract/ids.ts'
import { createIds } from '../../platform/ids.ts'
import { createLinks } from './links.ts'

const id = createIds().file()
const hour = 3_600_000
const noon = 1_700_000_000_000 - (1_700_000_000_000 % hour)
const image = { id, type: 'image/png' }

const linksAt = (at: number, secrets: { secret?: string; previousSecret?: string } = {}) =>
  createLinks({ base: 'https://files.example/', secret: 'the secret', ...secrets, now: () => at })

const parts = (url: string) => {
  const { pathname, searchParams } = new URL(url)
  return { path: pathname, exp: Number(searchParams.get('exp')), sig: searchParams.get('sig') ?? '' }
}

const outcome = (check: () => void) => {
  try {
    check()
    return 'opens'
  } catch (error) {
    return error instanceof DeskbridgeError ? error.code : error
  }
}

it('signs a link to the file, and to the thumbnail of a picture', () => {
  const exp = (noon + 2 * hour) / 1_000
  const links = linksAt(noon).lasting(hour)
  const picture = links(image)
  const query = `\\?exp=${exp}&sig=[A-Za-z0-9_-]{43}$`
  expect([picture, links({ id, type: 'application/pdf' })]).toEqual([
    {
      url: expect.stringMatching(`^https://files.example/files/${id}${query}`),
      thumbnailUrl: expect.stringMatching(`^https://files.example/files/${id}/thumbnail${query}`),
    },
    { url: picture.url },
  ])
})

it('makes the same link all through an hour, and holds for the life it was asked for', () => {
  const at = [noon, noon + hour - 1, noon + hour].map((now) => linksAt(now).lasting(hour)(image).url)
  const { exp, sig } = parts(at[1] ?? '')
  const later = outcome(() => linksAt(noon + 2 * hour - 2).check(id, 'whole', { exp, sig }))
  expect([at[0] === at[1], at[1] === at[2], later]).toEqual([true, false, 'opens'])
})

describe('a link', () => {
  const { exp, sig } = parts(linksAt(noon).lasting(hour)(image).url)
  const other = FileId.parse(`fil_${'0'.repeat(24)}`)
  const rotated = { secret: 'a new secret', previousSecret: 'the secret' }

  it.each([
    ['as it was made', 'opens', () => linksAt(noon).check(id, 'whole', { exp, sig })],
    ['of another file', 'not_found', () => linksAt(noon).check(other, 'whole', { exp, sig })],
    ['of the other face', 'not_found', () => linksAt(noon).check(id, 'thumbnail', { exp, sig })],
    ['made to last longer', 'not_found', () => linksAt(noon).check(id, 'whole', { exp: exp + 1, sig })],
    [
      'with another signature',
      'not_found',
      () => linksAt(noon).check(id, 'whole', { exp, sig: sig.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) }),
    ],
    ['that is over', 'link_expired', () => linksAt(exp * 1_000).check(id, 'whole', { exp, sig })],
    ['while the secret is being changed', 'opens', () => linksAt(noon, rotated).check(id, 'whole', { exp, sig })],
    ['of a secret that is gone', 'not_found', () => linksAt(noon, { secret: 'x' }).check(id, 'whole', { exp, sig })],
  ])('%s: %s', (_what, expected, check) => {
    expect(outcome(check)).toBe(expected)
  })
})
