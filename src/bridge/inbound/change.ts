import { fileKey, noteKey, partKey, sentKey } from '../../contract/arrived-keys.ts'
import { EventKey } from '../../contract/ids.ts'
import type { Conversation } from '../conversation.ts'
import type { Link } from '../links/link.ts'
import type { Arrival, RemoteAuthor, Said } from '../port/arrival.ts'
import type { StoredArrival } from './arrival.ts'
import type { Inbox } from './inbox.ts'
import { note, partsOf, refusedForGood, say } from './say.ts'
import { takenInEdited } from './sightings.ts'

interface ChangeDeps {
  inbox: Pick<Inbox, 'isOutdated' | 'forestall'>
  conversation: Conversation
}

const staysNote =
  'This was a note for the team and stays one, whatever it says now. For the customer to get it, write it anew.'

/**
 * Says in the chat what a message says now. An edit shows nobody what they did not see before: what becomes a note is taken
 * from the customer, and what was a note stays one. Of a message that is not here, its edit is what is taken in.
 */
export async function edit(
  deps: ChangeDeps,
  link: Link,
  item: StoredArrival,
  said: Extract<Arrival, { kind: 'edit' }>,
): Promise<string> {
  if (await deps.inbox.isOutdated(item)) return 'passed: changed again since'
  const outcome = await editOwn(deps, link, item, said)
  const sent = sentKey(said.of)
  // What says of itself that it is for the team reaches nobody else by an edit, whatever of it was sent before.
  if (!said.marked && (await isHere(deps, link, sent))) await revise(deps, link, { ...said, of: sent, internal: false })
  return outcome
}

async function isHere({ conversation }: ChangeDeps, { session }: Link, key: EventKey): Promise<boolean> {
  const there = await conversation.standing(session, key)
  return there !== null && !there.deleted
}

async function editOwn(
  deps: ChangeDeps,
  link: Link,
  item: StoredArrival,
  { of, key, ...said }: Extract<Arrival, { kind: 'edit' }>,
): Promise<string> {
  const { session } = link
  const before = await deps.conversation.standing(session, of)
  if (before === null) {
    await deps.inbox.forestall(item, takenInEdited)
    return say(deps, link, { ...said, key: of })
  }
  if (before.deleted) return editNote(deps, link, of, said)
  if (said.internal && !before.internal) return becomeNote(deps, link, of, said)
  const outcome = await revise(deps, link, { ...said, of, internal: before.internal })
  if (before.internal && !said.internal) await note(deps, { session, key, rule: 'note-stays', text: staysNote })
  return outcome
}

/** First the note, then the deletion: whoever comes after a crash between the two finds what is left to do. */
async function becomeNote(deps: ChangeDeps, link: Link, of: EventKey, { author, text }: Said): Promise<string> {
  await say(deps, link, { author, text, internal: true, key: noteKey(of) })
  await removeAll(deps, link, of)
  return 'made a note'
}

async function editNote(deps: ChangeDeps, link: Link, of: EventKey, said: Said): Promise<string> {
  if (!(await isHere(deps, link, noteKey(of)))) return 'passed: deleted'
  return revise(deps, link, { ...said, of: noteKey(of), internal: true })
}

/** Part by part; one that the text no longer needs is removed, and one that it needs besides comes behind what was said since. */
async function revise(
  deps: ChangeDeps,
  link: Link,
  { of, author, text, internal }: { of: EventKey; author: RemoteAuthor; text: string; internal: boolean },
): Promise<string> {
  const { session, destination: origin } = link
  const { conversation } = deps
  const parts = partsOf(text)
  for (let index = 0; ; index += 1) {
    const part = parts[index]
    const place = await placeOf(deps, link, partKey(of, index), index > 0)
    if (part === undefined) {
      if (place.isEnd) return 'edited'
      await removeAt(deps, link, place)
      continue
    }
    const { key, isThere } = place
    const change = isThere
      ? conversation.revise({ session, of: key, origin, text: part })
      : add(deps, link, { author, key, internal, text: part })
    const refused = await change.then(() => null, refusedForGood)
    if (refused) return `refused: ${refused}`
  }
}

/** Where a part stands, or is to stand. `isEnd`: there never was one. */
interface PartPlace {
  key: EventKey
  isThere: boolean
  isEnd: boolean
}

/** A deletion is for good: a part that is needed once more (`again`) comes back under another key. */
async function placeOf(
  { conversation }: ChangeDeps,
  { session }: Link,
  first: EventKey,
  again: boolean,
): Promise<PartPlace> {
  for (let life = 1; ; life += 1) {
    const key = life === 1 ? first : EventKey.parse(`${first}:again:${life}`)
    const there = await conversation.standing(session, key)
    if (there?.deleted && again) continue
    return { key, isThere: there !== null && !there.deleted, isEnd: life === 1 && there === null }
  }
}

async function removeAt(
  { conversation }: ChangeDeps,
  { session, destination: origin }: Link,
  { key: of, isThere }: PartPlace,
): Promise<void> {
  if (isThere) await conversation.remove({ session, of, origin })
}

async function add(
  { conversation }: ChangeDeps,
  { session, destination }: Link,
  { author, ...message }: { author: RemoteAuthor; key: EventKey; internal: boolean; text: string },
): Promise<void> {
  const actor = await conversation.whoIs(author, { session, system: destination })
  await conversation.post({ session, actor, origin: destination, ...message })
}

/** Takes a message out of the chat, and sees to it that it never comes in. */
export async function remove(deps: ChangeDeps, link: Link, item: StoredArrival, of: EventKey): Promise<string> {
  await deps.inbox.forestall(item, 'deleted before it was taken in')
  let removed = 0
  for (const key of [of, noteKey(of), sentKey(of)]) removed += await removeAll(deps, link, key)
  return removed > 0 ? 'deleted' : 'passed: not here'
}

/** Its parts and its files. Answers how many there were. */
async function removeAll(deps: ChangeDeps, link: Link, of: EventKey): Promise<number> {
  let count = 0
  for (const keyAt of [partKey, fileKey]) {
    for (let index = 0; ; index += 1) {
      const place = await placeOf(deps, link, keyAt(of, index), true)
      if (place.isEnd) break
      await removeAt(deps, link, place)
      count += 1
    }
  }
  return count
}
