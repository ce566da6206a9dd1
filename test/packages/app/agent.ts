/** Somebody of the team at another place, who has a network whatever the phone has. */
import { expect } from '@jest/globals'
import { waitFor } from '@testing-library/react-native'
import { nativeFetch } from './phone/network'

interface Told {
  sessions: { sessionId: string }[]
  messages: { senderType: string; content: string; file: { name: string } | null }[]
}

export async function anAgent(url: string, token: string) {
  const ask = async (path: string, body?: object): Promise<Told> => {
    const response = await nativeFetch(`${url}/api/chat${path}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    })
    return response.json() as Promise<Told>
  }
  const all = async () => (await ask('/sessions')).sessions.map(({ sessionId }) => sessionId)
  const earlier = await all()
  /** The chat that was begun since. */
  const session = async (): Promise<string> =>
    waitFor(async () => {
      const begun = (await all()).filter((one) => !earlier.includes(one))
      expect(begun).toHaveLength(1)
      return begun[0] ?? ''
    })
  let said = 0
  return {
    async says(content: string) {
      const sessionId = await session()
      said += 1
      await ask(`/sessions/${sessionId}/messages`, { content, clientMessageId: `${sessionId}-bo-${said}` })
    },
    /** What the visitor has written, and the names of what they have sent. */
    async reads(): Promise<readonly string[]> {
      const { messages } = await ask(`/sessions/${await session()}/messages`)
      return messages
        .filter(({ senderType }) => senderType === 'visitor')
        .map(({ content, file }) => file?.name ?? content)
    },
  }
}
