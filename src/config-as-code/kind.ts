import type { z } from 'zod'
import type { AdminApi } from './admin-api.ts'

/** By what an item of the file is known as one that is there. `isUnique`: two in the file are refused. */
interface Key<Item> {
  of(item: Item): string | null
  isUnique: boolean
}

/** Something that has to be in the file or in the installation; `path`: where the item names it. */
export interface Reference {
  section: string
  key: string
  path: readonly PropertyKey[]
}

/**
 * One kind of thing that a file declares. `Kept` is how the installation shows one, with what it takes to change it. A
 * secret is no part of an item: it stays as it is in the installation.
 */
export interface Kind<Item extends object, Kept> {
  /** Its section in the file. */
  name: string
  /** Stands above the section in an export. */
  about: string
  item: z.ZodType<Item>
  /** As it is told: `inbox 'shop'`. */
  title(item: Item): string
  /** The first says more than the next; the last is never null, and exports are sorted by it. */
  keys: readonly Key<Item>[]
  references(item: Item): readonly Reference[]
  read(api: AdminApi): Promise<Kept[]>
  itemOf(kept: Kept): Item
  create(api: AdminApi, item: Item): Promise<void>
  /** What is left to do by hand for each that was created. */
  afterCreation?: string
  /** Refused with `version_conflict` if somebody changed it since it was read. */
  change(api: AdminApi, kept: Kept, item: Item): Promise<void>
  /** What pruning does to one that is not in the file: takes it away, or makes it this. */
  prune:
    | { kind: 'remove'; remove(api: AdminApi, kept: Kept): Promise<void> }
    | { kind: 'retire'; retired(item: Item): Item }
}
