import type { SlackApi, User } from './api.ts'
import { isRefusal } from './failures.ts'
import { createMemory } from './memory.ts'

/** Somebody who writes in Slack. */
export interface Person {
  id: string
  name: string
  /** `null`: Slack does not say. */
  team: string | null
  enterprise: string | null
  /** Only what Slack has confirmed, and shows to the app. */
  email: string | null
  /** An address; of those who have uploaded none, that of a placeholder. */
  picture: string | null
}

export type People = (id: string) => Promise<Person>

const keepMs = 600_000
const mostNameLength = 100

/** Looks people up. One whom Slack does not show goes by their id. */
export function createPeople(deps: { api: SlackApi; now(): number }): People {
  const load = async (id: string): Promise<Person> => {
    try {
      return personOf(id, (await deps.api.user(id)).user)
    } catch (error) {
      if (!isRefusal(error, ['user_not_found', 'user_not_visible', 'missing_scope'])) throw error
      return { id, name: id, team: null, enterprise: null, email: null, picture: null }
    }
  }
  const memory = createMemory({ load, now: deps.now, keepMs, most: 1_000 })
  return (id) => memory.get(id)
}

function personOf(id: string, user: User): Person {
  const names = [user.profile?.display_name, user.profile?.real_name, user.real_name, user.name]
  const name = names.find((candidate) => candidate?.trim()) ?? id
  return {
    id,
    name: Array.from(name.trim()).slice(0, mostNameLength).join(''),
    team: user.team_id ?? null,
    enterprise: user.enterprise_user?.enterprise_id ?? null,
    email: (user.is_email_confirmed && user.profile?.email) || null,
    picture: user.profile?.image_192 || user.profile?.image_72 || null,
  }
}
