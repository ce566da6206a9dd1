import { afterEach, expect, it } from 'vitest'
import { type Failure, RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { aBridge } from '../../support/bridge.ts'
import { aRemote } from '../../support/remote.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const minute = 60_000

it.each<[string, Failure]>([
  ['answers 503', { kind: 'ambiguous' }],
  ['cannot be reached', { kind: 'transient' }],
])(
  'brings all in order, once, after an hour in which Slack %s, and tells once; Zendesk misses nothing',
  async (how, failure) => {
    const slack = aRemote()
    const zendesk = aRemote({ name: 'zendesk' })
    const chat = await aBridge([slack, zendesk])
    closing.push(chat.close)
    await chat.say('before')
    await chat.runRung()
    const find = slack.connector.find
    const down = () => {
      throw new RemoteFailure(failure, how)
    }
    slack.goWrong(down)
    slack.connector.find = async () => down()
    const said: string[] = []
    const inZendesk: boolean[] = []
    for (let minutes = 0; minutes < 60; minutes += 10) {
      const text = `after ${minutes} minutes`
      said.push(text)
      await chat.say(text)
      await chat.pass(10 * minute)
      inZendesk.push(zendesk.shown().at(-1) === text)
    }
    const during = slack.shown()
    slack.connector.find = find
    slack.behave()
    await chat.say('after')
    await chat.pass(10 * minute)
    const told = chat.logged.filter(({ msg }) => msg.startsWith('destination out of reach')).length
    expect({ during, inZendesk, told, slack: slack.shown() }).toEqual({
      during: ['opened', 'before'],
      inZendesk: said.map(() => true),
      told: 1,
      slack: ['opened', 'before', ...said, 'after'],
    })
  },
)
