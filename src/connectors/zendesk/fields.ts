import type { ZendeskApi } from './api.ts'

export interface Fields {
  session: number
  user: number
}

/** Ids of our two ticket fields, found by their titles and made where they are missing. Asked for once. */
export function createFields(
  api: Pick<ZendeskApi, 'fields' | 'createField'>,
  titles: { session: string; user: string },
) {
  let known: Promise<Fields> | null = null

  const find = async (): Promise<Fields> => {
    const there = await api.fields()
    const idOf = async (title: string) => {
      const found = there.filter((field) => field.title === title).map((field) => field.id)
      if (found.length === 0) await api.createField(title)
      // Two workers may have made it at once: all take the older.
      const all =
        found.length > 0
          ? found
          : (await api.fields()).filter((field) => field.title === title).map((field) => field.id)
      return Math.min(...all)
    }
    return { session: await idOf(titles.session), user: await idOf(titles.user) }
  }

  return (): Promise<Fields> => {
    known ??= find().catch((error: unknown) => {
      known = null
      throw error
    })
    return known
  }
}
