import { z } from 'zod'
import type { AdminApi } from './admin-api.ts'
import { textOf } from './file-text.ts'
import type { Kind, Reference } from './kind.ts'
import { planItems, type Step } from './plan-items.ts'

export interface Section {
  name: string
  about: string
  /** Of all that stands under its name. */
  schema: z.ZodType
  open(api: AdminApi): Promise<Found>
}

/** What an installation has of a section, in the order of an export. */
export interface Found {
  items: readonly object[]
  keys: readonly string[]
  plan(wanted: unknown, prune: boolean): SectionPlan
}

export interface SectionPlan {
  steps: readonly Step[]
  keys: readonly string[]
  references: readonly Reference[]
}

/** Hides what is of one kind alone, so that all kinds go into one list. */
export function createSection<Item extends object, Kept>(kind: Kind<Item, Kept>): Section {
  const schema = z.array(kind.item).superRefine((items, context) => {
    for (const { index, key } of repeated(kind, items))
      context.addIssue({ code: 'custom', path: [index], message: `is the second one of '${key}'` })
  })
  const keysOf = (items: readonly Item[]) => items.flatMap((item) => kind.keys.flatMap((key) => key.of(item) ?? []))
  return {
    name: kind.name,
    about: kind.about,
    schema,
    async open(api) {
      const kept = await kind.read(api)
      const items = sorted(kind, kept.map(kind.itemOf))
      return {
        items,
        keys: keysOf(items),
        plan(given, prune) {
          const wanted = schema.parse(given)
          return {
            steps: planItems(kind, { api, wanted, kept, prune }),
            keys: [...keysOf(items), ...keysOf(wanted)],
            references: wanted.flatMap((item, index) => referencesOf(kind, item, index)),
          }
        },
      }
    },
  }
}

const referencesOf = <Item extends object, Kept>(kind: Kind<Item, Kept>, item: Item, index: number): Reference[] =>
  kind.references(item).map((one) => ({ ...one, path: [kind.name, index, ...one.path] }))

function repeated<Item extends object, Kept>({ keys }: Kind<Item, Kept>, items: readonly Item[]) {
  const found: { index: number; key: string }[] = []
  for (const { of } of keys.filter(({ isUnique }) => isUnique)) {
    const seen = new Set<string>()
    for (const [index, item] of items.entries()) {
      const key = of(item)
      if (key === null) continue
      if (seen.has(key)) found.push({ index, key })
      seen.add(key)
    }
  }
  return found
}

/** By code units and not as a language sorts, so that every machine writes the same. */
function sorted<Item extends object, Kept>({ keys }: Kind<Item, Kept>, items: readonly Item[]): Item[] {
  const placeOf = (item: Item) => [keys.at(-1)?.of(item) ?? '', textOf(item)] as const
  return items
    .map((item) => ({ item, place: placeOf(item) }))
    .sort((a, b) => compare(a.place[0], b.place[0]) || compare(a.place[1], b.place[1]))
    .map(({ item }) => item)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
