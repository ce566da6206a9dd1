/** A WebSocket to a node that says what it likes. */
export async function aRawSocket(url: string) {
  const line = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
  const heard: string[] = []
  let isClosed = false
  line.addEventListener('message', ({ data }) => heard.push(String(data)))
  line.addEventListener('close', () => (isClosed = true))
  line.addEventListener('error', () => {})
  await new Promise<void>((resolve) => line.addEventListener('open', () => resolve()))
  return {
    heard,
    isClosed: () => isClosed,
    say: (text: string | ArrayBuffer) => line.send(text),
    /** Shows the token, as a client does first. */
    enter: (token: string) => line.send(`40${JSON.stringify({ token })}`),
    ask: (ack: number, event: string, payload: unknown) => line.send(`42${ack}${JSON.stringify([event, payload])}`),
    /** Numbers of the questions that were answered, in the order in which they were. */
    answered: () => heard.flatMap((text) => /^43(\d+)/.exec(text)?.[1] ?? []).map(Number),
    close: () => line.close(),
  }
}
