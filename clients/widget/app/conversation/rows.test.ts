import { expect, it } from 'vitest'
import type { Message } from '../../../../src/contract/chat.ts'
import type { Entry } from '../../../core/outbox/entries.ts'
import { rowsOf } from './rows.ts'

const at = (time: string, day = '04') => `2026-05-${day}T${time}:00.000Z`
const stored = (seq: number, createdAt: string, more: Partial<Message> = {}): Entry => ({
  kind: 'stored',
  message: {
    ...{ id: `evt_${seq}`, seq, senderType: 'agent', senderId: 'bo', senderName: 'Bo', createdAt, editedAt: null },
    ...{ deleted: false, ...more },
  } as Message,
  state: more.senderType === 'visitor' ? 'sent' : null,
})
const pending = (id: string, writtenAt: string): Entry => ({
  kind: 'pending',
  pending: { clientMessageId: id, content: 'hello', writtenAt, failed: null },
  state: 'sending',
})

/** Each row in short: a day, or an id with `(` where a row of one author's begins, `)` where it ends, `@` where it tells when. */
const inShort = (entries: Entry[]) =>
  rowsOf(entries, (iso) => iso.slice(0, 10)).map((row) =>
    row.kind === 'day'
      ? row.at.slice(0, 10)
      : `${row.isFirst ? '(' : ''}${row.id}${row.isLast ? ')' : ''}${row.tellsWhen ? '@' : ''}`,
  )

it('puts together what one author wrote in a row, and tells when once', () => {
  const own = { senderType: 'visitor', senderId: 'v', senderName: null } as const
  expect(
    inShort([
      stored(1, at('09:00')),
      stored(2, at('09:01')),
      stored(3, at('09:02'), { senderName: 'Bo Bell' }),
      stored(4, at('09:03'), { ...own, clientMessageId: 'k4' as never }),
      pending('k5', at('09:03')),
    ]),
  ).toEqual(['2026-05-04', '(evt_1', 'evt_2)@', '(evt_3)@', '(k4@', 'k5)@'])
})

it('begins anew after a silence and with each day', () => {
  expect(
    inShort([
      stored(1, at('09:00')),
      stored(2, at('09:10')),
      stored(3, at('09:11', '05')),
      stored(4, at('09:11', '05')),
    ]),
  ).toEqual(['2026-05-04', '(evt_1)@', '(evt_2)@', '2026-05-05', '(evt_3', 'evt_4)@'])
})

it('says of one that was edited that it was', () => {
  const edited = stored(1, at('09:00'), { editedAt: at('09:05') })
  expect(inShort([edited, stored(2, at('09:01'))])).toEqual(['2026-05-04', '(evt_1@', 'evt_2)@'])
})
