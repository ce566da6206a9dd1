import { createHmac, hkdfSync } from 'node:crypto'
import { sameSecret } from '../../access/tokens.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { FileRef } from '../../contract/event.ts'
import type { FileLinks } from '../../contract/file.ts'
import { messageTypeOf } from '../../contract/file-text.ts'
import type { FileId } from '../../contract/ids.ts'
import type { Config } from '../../platform/settings.ts'

export type LinkTo = (file: Pick<FileRef, 'id' | 'type'>) => FileLinks

/** Which of a file's two faces a link opens. */
export type Face = 'whole' | 'thumbnail'

export interface Links {
  /** Links that hold for `lifeMs` at least. Made again within the hour they are the same, so that browsers keep what they opened. */
  lasting(lifeMs: number): LinkTo
  /** Throws `not_found` for one that we did not make, `link_expired`. */
  check(id: FileId, face: Face, link: { exp: number; sig: string }): void
}

const hour = 3_600_000

/** The files' own host, if they have one. */
export const filesUrl = ({ files, publicUrl }: Pick<Config, 'publicUrl' | 'files'>): string => files.url ?? publicUrl

export const linksOf = (
  config: Pick<Config, 'publicUrl' | 'secret' | 'previousSecret' | 'files'>,
  now: () => number,
): Links => createLinks({ ...config, base: filesUrl(config), now })

export function createLinks(deps: {
  /** The address before `/files/…`. */
  base: string
  secret: string
  previousSecret?: string | undefined
  now(): number
}): Links {
  const keyOf = (secret: string) => Buffer.from(hkdfSync('sha256', secret, '', 'deskbridge file links', 32))
  const current = keyOf(deps.secret)
  const accepted = deps.previousSecret ? [current, keyOf(deps.previousSecret)] : [current]
  const base = deps.base.replace(/\/$/, '')

  const sign = (key: Buffer, id: FileId, face: Face, exp: number) =>
    createHmac('sha256', key).update(`${face}:${id}:${exp}`).digest('base64url')

  const link = (id: FileId, face: Face, exp: number) =>
    `${base}/files/${id}${face === 'thumbnail' ? '/thumbnail' : ''}?exp=${exp}&sig=${sign(current, id, face, exp)}`

  return {
    lasting:
      (lifeMs) =>
      ({ id, type }) => {
        const exp = ((Math.floor(deps.now() / hour) + 1) * hour + lifeMs) / 1_000
        const seconds = Math.ceil(exp)
        return {
          url: link(id, 'whole', seconds),
          ...(messageTypeOf({ type }) === 'image' && { thumbnailUrl: link(id, 'thumbnail', seconds) }),
        }
      },
    check(id, face, { exp, sig }) {
      if (!accepted.some((key) => sameSecret(sig, sign(key, id, face, exp)))) throw new DeskbridgeError('not_found')
      if (exp * 1_000 <= deps.now()) throw new DeskbridgeError('link_expired')
    },
  }
}
