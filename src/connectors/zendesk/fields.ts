import type { Field, ZendeskApi } from './api.ts'

export interface Fields {
  session: number
  user: number
}

/** Ids of our two ticket fields, found by their titles and made where they are missing. Asked for once. */
export function createFields(
  api: Pick<ZendeskApi, 'fields' | 'createField'>,
  titles: { session: string; user: string },
): () => Promise<Fields> {
  let known: Promise<Fields> | null = null

  const idOf = async (title: string, there: readonly Field[]): Promise<number> => {
    const found = fieldTitled(title, there)
    if (found !== null) return found
    const made = await api.createField(title)
    // Two workers may have made it at once: all take the older.
    return Math.min(made.id, fieldTitled(title, await api.fields()) ?? made.id)
  }

  const find = async (): Promise<Fields> => {
    const there = await api.fields()
    return { session: await idOf(titles.session, there), user: await idOf(titles.user, there) }
  }

  return () => {
    known ??= find().catch((error: unknown) => {
      known = null
      throw error
    })
    return known
  }
}

/** The id of the oldest of that title. A deactivated field keeps its title and takes no value. */
export function fieldTitled(title: string, fields: readonly Field[]): number | null {
  const ids = fields
    .filter((field) => field.active && field.type === 'text' && field.title === title)
    .map(({ id }) => id)
  return ids.length > 0 ? Math.min(...ids) : null
}
