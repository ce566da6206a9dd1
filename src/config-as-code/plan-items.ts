import type { AdminApi } from './admin-api.ts'
import { textOf } from './file-text.ts'
import type { Kind } from './kind.ts'

/** `before` and `after` as texts of the file. `kept`: not in the file, and left alone. */
export type Step =
  | { kind: 'create'; title: string; after: string; advice: string | null; carryOut(): Promise<void> }
  | { kind: 'change'; title: string; before: string; after: string; carryOut(): Promise<void> }
  | { kind: 'remove'; title: string; before: string; carryOut(): Promise<void> }
  | { kind: 'kept'; title: string }

export type Difference = Exclude<Step, { kind: 'kept' }>

interface Sides<Item, Kept> {
  api: AdminApi
  wanted: readonly Item[]
  kept: readonly Kept[]
  prune: boolean
}

/** What it takes to make the installation like the file, in the file's order; what is not in the file comes last. */
export function planItems<Item extends object, Kept>(kind: Kind<Item, Kept>, sides: Sides<Item, Kept>): Step[] {
  const { pairs, rest } = paired(kind, sides)
  const steps = pairs.flatMap(({ item, kept }): Step[] => {
    if (kept === null) return [creation(kind, sides.api, item)]
    return changeOf(kind, sides.api, kept, item)
  })
  return [...steps, ...rest.flatMap((kept) => without(kind, sides, kept))]
}

const creation = <Item extends object, Kept>(kind: Kind<Item, Kept>, api: AdminApi, item: Item): Step => ({
  kind: 'create',
  title: kind.title(item),
  after: textOf(item),
  advice: kind.afterCreation ?? null,
  carryOut: () => kind.create(api, item),
})

function changeOf<Item extends object, Kept>(kind: Kind<Item, Kept>, api: AdminApi, kept: Kept, item: Item): Step[] {
  const there = kind.itemOf(kept)
  const [before, after] = [textOf(there), textOf(item)]
  if (before === after) return []
  return [{ kind: 'change', title: kind.title(there), before, after, carryOut: () => kind.change(api, kept, item) }]
}

/** One that pruning would leave as it is, is not worth a word. */
function without<Item extends object, Kept>(
  kind: Kind<Item, Kept>,
  { api, prune }: Sides<Item, Kept>,
  kept: Kept,
): Step[] {
  const item = kind.itemOf(kept)
  const title = kind.title(item)
  const pruned = ((): Step[] => {
    if (kind.prune.kind === 'retire') return changeOf(kind, api, kept, kind.prune.retired(item))
    const { remove } = kind.prune
    return [{ kind: 'remove', title, before: textOf(item), carryOut: () => remove(api, kept) }]
  })()
  return prune || pruned.length === 0 ? pruned : [{ kind: 'kept', title }]
}

interface Pair<Item, Kept> {
  item: Item
  kept: Kept | null
}

/** Those that are wholly alike find each other first, then those of one key, so that several of one name are told apart. */
function paired<Item extends object, Kept>(kind: Kind<Item, Kept>, { wanted, kept }: Sides<Item, Kept>) {
  const pairs: Pair<Item, Kept>[] = wanted.map((item) => ({ item, kept: null }))
  let rest = kept.map((one) => ({ one, item: kind.itemOf(one) }))
  for (const keyOf of [textOf, ...kind.keys.map(({ of }) => of)]) {
    const there = Map.groupBy(rest, ({ item }) => keyOf(item))
    for (const pair of pairs) {
      const key = pair.kept === null ? keyOf(pair.item) : null
      const found = key === null ? undefined : there.get(key)?.shift()
      if (found === undefined) continue
      pair.kept = found.one
      rest = rest.filter((other) => other !== found)
    }
  }
  return { pairs, rest: rest.map(({ one }) => one) }
}
