import { bot, grantedScopes, type Person, people, team } from './people.ts'

/** A workspace: who is there, and as what the app is. */
export interface Team {
  id: string
  name: string
  bot: { user: string; id: string }
  people: readonly Person[]
  /** Those that the app is in. */
  channels: Set<string>
  /** Those that it was in until it was taken out of the workspace. */
  left: Set<string>
  /** Which of the app's tokens are still taken. */
  tokens: Map<string, 'good' | 'revoked'>
  /** What the tokens may do; named beside every answer. */
  scopes: readonly string[]
}

/** The app's own workspace, in which it was installed by hand, and another one. */
export function createTeams(own: { channel: string; token: string }) {
  const first: Team = {
    ...{ id: team, name: 'Sandbox', bot, people, scopes: grantedScopes },
    channels: new Set([own.channel]),
    left: new Set(),
    tokens: new Map([[own.token, 'good']]),
  }
  const second: Team = {
    ...{ id: 'T0SECOND', name: 'Second', bot: { user: 'U0DESKSECOND', id: 'B0DESKSECOND' }, scopes: [] },
    people: [
      { id: 'U0MARIE', name: 'marie', realName: 'Marie Curie', email: 'marie@example.com' },
      { id: 'U0NIELS', name: 'niels', realName: 'Niels Bohr', email: 'niels@example.com' },
    ],
    channels: new Set(['C0SECOND01']),
    left: new Set(),
    tokens: new Map(),
  }
  const all: readonly Team[] = [first, second]
  let given = 0

  return {
    all,
    first,
    find: (id: string) => all.find((one) => one.id === id),
    ofToken: (token: string) => all.find(({ tokens }) => tokens.has(token)),
    ofChannel: (channel: unknown) => all.find(({ channels }) => channels.has(String(channel))) ?? first,
    hasLeft: (channel: unknown) => all.some(({ left }) => left.has(String(channel))),
    /** As long as one is good, installing again gives the same. */
    tokenFor(one: Team): string {
      const [good] = [...one.tokens].find(([, state]) => state === 'good') ?? []
      const token = good ?? `xoxb-${one.id}-${(given += 1)}`
      one.tokens.set(token, 'good')
      return token
    },
  }
}

/** With the app's tokens its place in channels is gone, for good. */
export function takeOut(team: Team): void {
  for (const token of team.tokens.keys()) team.tokens.set(token, 'revoked')
  for (const channel of team.channels) team.left.add(channel)
  team.channels.clear()
}

export function invite(team: Team, channel: string): void {
  team.left.delete(channel)
  team.channels.add(channel)
}

export type Teams = ReturnType<typeof createTeams>
