import { hkdfSync, randomBytes } from 'node:crypto'
import { AgentId, CannedId, EndpointId, Epoch, EventId, FileId, KeyId, SessionId, VisitorId } from '../contract/ids.ts'

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'
/** The largest multiple of 36 in a byte: what lies above would favour the first letters. */
const fair = 252

export type RandomBytes = (size: number) => Uint8Array

/** The same bytes for the same seed, as hard to guess as that. */
export function bytesFrom(seed: string): RandomBytes {
  let asked = 0
  return (size) => new Uint8Array(hkdfSync('sha256', seed, '', `ids ${asked++}`, size))
}

function letters(count: number, random: RandomBytes): string {
  let text = ''
  while (text.length < count) {
    for (const byte of random(count)) {
      if (byte < fair && text.length < count) text += alphabet[byte % 36]
    }
  }
  return text
}

export interface Ids {
  session(): SessionId
  visitor(): VisitorId
  agent(): AgentId
  event(): EventId
  file(): FileId
  canned(): CannedId
  key(): KeyId
  endpoint(): EndpointId
  /** So many letters of [0-9a-z]; 50 are 258 bits. */
  letters(count: number): string
  epoch(): Epoch
  /** Names a process or a call: unique, without a meaning. */
  token(): string
  /** 256 random bits, to sign with. */
  secret(): string
}

/** 24 letters of 36 are 124 bits: as hard to guess as to meet twice. */
export function createIds(random: RandomBytes = randomBytes): Ids {
  return {
    session: () => SessionId.parse(`ses_${letters(24, random)}`),
    visitor: () => VisitorId.parse(`vis_${letters(24, random)}`),
    agent: () => AgentId.parse(`agt_${letters(24, random)}`),
    event: () => EventId.parse(`evt_${letters(24, random)}`),
    file: () => FileId.parse(`fil_${letters(24, random)}`),
    canned: () => CannedId.parse(`can_${letters(24, random)}`),
    key: () => KeyId.parse(`key_${letters(24, random)}`),
    endpoint: () => EndpointId.parse(`end_${letters(24, random)}`),
    letters: (count) => letters(count, random),
    epoch: () => Epoch.parse(letters(12, random)),
    token: () => letters(24, random),
    secret: () => Buffer.from(random(32)).toString('base64url'),
  }
}
