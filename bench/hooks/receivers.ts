/** Receivers of webhooks in a process of their own; it is told how each is to behave, and asked what came. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** `rated`: no more than so many in a second, which it says. */
export type Behaviour = 'well' | 'fails' | 'hangs' | 'rated'
export type Question = { kind: 'listen'; behaviours: Behaviour[] } | { kind: 'report' } | { kind: 'forget' }
export interface Report {
  behaviour: Behaviour
  calls: number
  /** That were taken, each once. */
  ids: string[]
  /** When the last of them came for the first time; epoch ms. */
  lastAt: number
}

const mostInASecond = 100

function receiver(behaviour: Behaviour) {
  const taken = new Set<string>()
  const state = { calls: 0, lastAt: 0, second: 0, inSecond: 0 }

  const isTooMuch = () => {
    const second = Math.floor(Date.now() / 1_000)
    state.inSecond = second === state.second ? state.inSecond + 1 : 1
    state.second = second
    return state.inSecond > mostInASecond
  }

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    state.calls += 1
    if (behaviour === 'hangs') return
    if (behaviour === 'fails') return void response.writeHead(500).end()
    if (behaviour === 'rated' && isTooMuch()) return void response.writeHead(429, { 'retry-after': '1' }).end()
    const id = String(request.headers['webhook-id'])
    if (!taken.has(id)) state.lastAt = Date.now()
    taken.add(id)
    response.end()
  }

  const server = createServer((request, response) => {
    request.resume().once('end', () => answer(request, response))
  })
  return {
    listen: () =>
      new Promise<number>((resolve) =>
        server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
      ),
    report: (): Report => ({ behaviour, calls: state.calls, ids: [...taken], lastAt: state.lastAt }),
    forget() {
      taken.clear()
      state.calls = 0
    },
  }
}

let all: ReturnType<typeof receiver>[] = []
const answerQuestion = async (question: Question): Promise<unknown> => {
  switch (question.kind) {
    case 'listen':
      all = question.behaviours.map(receiver)
      return Promise.all(all.map(({ listen }) => listen()))
    case 'report':
      return all.map(({ report }) => report())
    case 'forget':
      return all.map(({ forget }) => forget())
  }
}
process.on('message', (question: Question) => void answerQuestion(question).then((answer) => process.send?.(answer)))
