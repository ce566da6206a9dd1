import type { ShownAgent } from '../../../src/contract/agent.ts'

/** Empty text: not narrowed. */
export interface PeopleFilter {
  words: string
  team: string
  skill: string
  isWithGone: boolean
}

/** By name; those who left come last, where they are asked for at all. */
export function findPeople(
  people: readonly ShownAgent[],
  { words, team, skill, isWithGone }: PeopleFilter,
): ShownAgent[] {
  const wanted = words.trim().toLowerCase()
  return people
    .filter(({ active }) => active || isWithGone)
    .filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(wanted))
    .filter(({ teams }) => team === '' || teams.includes(team))
    .filter(({ skills }) => skill === '' || skills.includes(skill))
    .toSorted((one, other) => Number(other.active) - Number(one.active) || one.name.localeCompare(other.name))
}

/** Each team or skill with how many of those who are here have it. */
export function countOf(people: readonly ShownAgent[], field: 'teams' | 'skills'): [word: string, count: number][] {
  const counts = new Map<string, number>()
  for (const { active, [field]: words } of people)
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + Number(active))
  return [...counts].toSorted(([one], [other]) => one.localeCompare(other))
}
