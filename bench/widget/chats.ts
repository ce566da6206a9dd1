import { connect } from '../load.ts'
import { agentToken } from '../servers.ts'
import type { Opened } from './opened.ts'

const said = [
  'Good morning! I ordered the blue pot on Monday and wonder when it will arrive.',
  'It left this morning: https://shop.example/parcels/4711 says where it is. 📦',
  'Thank you!',
  'You are welcome. Is there anything else that I can do for you today?',
]

/** ms */
const patience = 30_000

export interface Talk {
  /** An agent writes. */
  answer(): Promise<unknown>
  /** Both write until there are so many messages, and the last is shown. */
  fill(count: number): Promise<void>
  end(): void
}

/** The chat that the page's visitor begins with a word, and an agent in it. */
export async function talkIn(url: string, { page, frame }: Opened): Promise<Talk> {
  const shown = frame().locator('[data-test=widget-message]')
  await frame().locator('textarea').focus()
  await page.keyboard.type('Hello')
  await page.keyboard.press('Enter')
  await shown.first().waitFor()
  const saved = await frame().evaluate(() => localStorage.getItem('deskbridge:default'))
  const { sessionId, token } = JSON.parse(saved ?? '{}') as { sessionId: string; token: string }
  const [visitor, agent] = await Promise.all([connect(url, token), connect(url, await agentToken(url))])
  await visitor.emitWithAck('join_chat', { sessionId })
  await agent.emitWithAck('agent_join', { sessionId })
  let written = 0
  const write = async (by: typeof agent, content = said[(written += 1) % said.length]) => {
    const message = { sessionId, messageType: 'text', content, clientMessageId: crypto.randomUUID() }
    const answer = await by.timeout(patience).emitWithAck('send_message', message)
    if (!answer.ok) throw new Error(`not taken: ${JSON.stringify(answer)}`)
  }
  return {
    answer: () => write(agent),
    async fill(count) {
      for (let n = (await shown.count()) + 1; n < count; n += 1) await write(n % 2 === 0 ? visitor : agent)
      await write(agent, `That makes ${count}.`)
      await frame()
        .locator('[data-test=widget-message]', { hasText: `That makes ${count}.` })
        .waitFor()
    },
    end() {
      visitor.close()
      agent.close()
    },
  }
}
