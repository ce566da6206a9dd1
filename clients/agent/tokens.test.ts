import { expect, it } from 'vitest'
import { type AgentToken, createAgentTokens } from './tokens.ts'

const at = (minutes: number) => new Date(minutes * 60_000).toISOString()

/** Tokens of ten minutes of a service that answers with these; an `Error` stands for one that is away. */
function someTokens(answers: (AgentToken | null | Error)[]) {
  const clock = { minutes: 0 }
  const asked: string[] = []
  const tokens = createAgentTokens({
    first: { token: 'first', expiresAt: at(10) },
    async renew(token) {
      asked.push(token)
      const answer = answers.shift()
      if (answer instanceof Error || answer === undefined) throw answer ?? new Error('asked too often')
      return answer
    },
    now: () => clock.minutes * 60_000,
  })
  return { clock, asked, ...tokens }
}

it('is renewed before it ends, once for all who ask', async () => {
  const tokens = someTokens([{ token: 'second', expiresAt: at(18) }])
  const early = await tokens.current()
  tokens.clock.minutes = 8.5
  const both = await Promise.all([tokens.current(), tokens.current()])
  expect([early, both, await tokens.current(), tokens.asked]).toEqual([
    'first',
    ['second', 'second'],
    'second',
    ['first'],
  ])
})

it('goes on with one that holds while the service is away, and not with one that has ended', async () => {
  const tokens = someTokens([new Error('away'), new Error('away'), { token: 'second', expiresAt: at(30) }])
  tokens.clock.minutes = 9
  const holding = await tokens.current()
  tokens.clock.minutes = 11
  await expect(tokens.current()).rejects.toThrow('away')
  expect([holding, await tokens.current(), tokens.areOver()]).toEqual(['first', 'second', false])
})

it('asks for another when it was not accepted, and says when there are no more', async () => {
  const tokens = someTokens([null])
  tokens.doubt()
  const last = await tokens.current()
  expect([last, tokens.areOver(), await tokens.current(), tokens.asked]).toEqual(['first', true, 'first', ['first']])
})
