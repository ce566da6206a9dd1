import { setTimeout as wait } from 'node:timers/promises'

export interface Shown {
  seq: number
  content: string
}

/** Reads a chat's server-sent events as a browser does: after each break from the last id on. */
export function aStreamReader(url: string, session: string, token: string) {
  const seen: Shown[] = []
  const stopping = new AbortController()
  let lastId = '0'

  const take = (block: string) => {
    const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1]
    if (field('event') === 'new_message') {
      const { seq, content } = JSON.parse(field('data') ?? '{}')
      seen.push({ seq, content })
    }
    lastId = field('id') ?? lastId
  }

  const readOnce = async () => {
    const response = await fetch(`${url}/api/chat/sessions/${session}/stream`, {
      headers: { authorization: `Bearer ${token}`, 'last-event-id': lastId },
      signal: stopping.signal,
    })
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`)
    let rest = ''
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = `${rest}${text}`.split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) take(block)
    }
  }

  const run = async () => {
    while (!stopping.signal.aborted) {
      await readOnce().catch(() => {})
      await wait(200 + Math.random() * 300, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
  const done = run()

  return {
    seen,
    async stop() {
      stopping.abort()
      await done
    },
  }
}
