import { expect, it } from 'vitest'
import { type ChangeInbox, Inbox, type VersionedInbox } from '../../../src/contract/inbox.ts'
import { Problem } from '../frame/problem.ts'
import { conflictWords } from './changes.ts'
import { saveChanges } from './save-changes.ts'

const read: VersionedInbox = { ...Inbox.parse({ key: 'shop', name: 'Shop', allowedOrigins: ['*'] }), version: 1 }

/** An inbox that others change between each reading and the writing that follows, as long as there are `others`. */
function aSharedInbox(others: ChangeInbox[]) {
  let there = read
  const put = (change: ChangeInbox) => {
    there = { ...there, ...change, version: there.version + 1 } as VersionedInbox
    return there
  }
  const calls = {
    one: async () => there,
    async change(_key: string, { version, ...change }: ChangeInbox) {
      const theirs = others.shift()
      if (theirs) put(theirs)
      if (version !== there.version) throw new Problem('version_conflict', 'Somebody changed this meanwhile.')
      return put(change)
    },
  }
  return { calls, there: () => there }
}

it('keeps what somebody changed elsewhere between reading and writing', async () => {
  const { calls, there } = aSharedInbox([{ greeting: 'Theirs' }])
  await saveChanges({ calls, onRead: () => {} }, read, { ...read, name: 'Mine' })
  expect(there()).toEqual({ ...read, name: 'Mine', greeting: 'Theirs', version: 3 })
})

it('tells of the same setting that somebody changed between reading and writing, and shows what is there', async () => {
  const { calls, there } = aSharedInbox([{ name: 'Theirs' }])
  const shown: unknown[] = []
  const onRead = (now: VersionedInbox, { name }: Inbox) => shown.push([now.name, name])
  const saved = saveChanges({ calls, onRead }, read, { ...read, name: 'Mine' })
  await expect(saved).rejects.toThrow(conflictWords(['name']))
  expect({ name: there().name, shown }).toEqual({
    name: 'Theirs',
    shown: [
      ['Shop', 'Mine'],
      ['Theirs', 'Mine'],
    ],
  })
})

it('gives up, and says so, where somebody changes it again and again', async () => {
  const { calls } = aSharedInbox(['1', '2', '3', '4'].map((greeting) => ({ greeting })))
  const saved = saveChanges({ calls, onRead: () => {} }, read, { ...read, name: 'Mine' })
  await expect(saved).rejects.toMatchObject({ code: 'version_conflict' })
})
