import { generateKeyPairSync, sign } from 'node:crypto'

const piece = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const { length } = body
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...head]), body])
}
const sequence = (...parts: Uint8Array[]) => piece(0x30, ...parts)
const hex = (text: string) => Buffer.from(text, 'hex')
const day = (offset: number) => {
  const iso = new Date(Date.now() + offset * 86_400_000).toISOString()
  return piece(0x17, Buffer.from(`${iso.replaceAll(/[-:T]/g, '').slice(2, 14)}Z`))
}

/** ecdsa-with-SHA256 */
const algorithm = sequence(hex('06082a8648ce3d040302'))
const commonName = (name: string) => sequence(piece(0x31, sequence(hex('0603550403'), piece(0x0c, Buffer.from(name)))))
const authority = sequence(hex('0603551d13'), hex('0101ff'), piece(0x04, sequence(hex('0101ff'))))
const names = (name: string) => sequence(hex('0603551d11'), piece(0x04, sequence(piece(0x82, Buffer.from(name)))))

/** A certificate for a name, which vouches for itself and is made anew each time, so that no key lies in the repository. */
export function aCertificate(name: string): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const told = sequence(
    piece(0xa0, hex('020102')),
    hex('020101'),
    algorithm,
    commonName(name),
    sequence(day(-1), day(1)),
    commonName(name),
    publicKey.export({ format: 'der', type: 'spki' }),
    piece(0xa3, sequence(authority, names(name))),
  )
  const signature = piece(0x03, hex('00'), sign('sha256', told, privateKey))
  const der = sequence(told, algorithm, signature).toString('base64')
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${der.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`,
  }
}
