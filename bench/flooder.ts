/** One visitor who writes as fast as the line takes it: `node flooder.ts URL TOKEN SESSION`; a line `go` begins it, `stop` ends it. */
import { createInterface } from 'node:readline'

const [url = '', token = '', sessionId = ''] = process.argv.slice(2)
const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
let sent = 0
let answered = 0
let isFlooding = false

const ask = (event: string, payload: object, ack: number) => socket.send(`42${ack}${JSON.stringify([event, payload])}`)

const flood = () => {
  // What the line has not taken yet would only fill our own memory.
  for (let burst = 0; isFlooding && burst < 64 && socket.bufferedAmount < 256_000; burst += 1) {
    sent += 1
    const message = { sessionId, messageType: 'text', content: 'x'.repeat(200), clientMessageId: `flooding-${sent}` }
    ask('send_message', message, sent)
  }
  // Turning round and round on a full line would only take the time of those who are measured.
  if (isFlooding) setTimeout(flood, socket.bufferedAmount < 256_000 ? 0 : 5)
}

socket.addEventListener('message', ({ data }) => {
  const text = String(data)
  if (text.startsWith('0')) socket.send(`40${JSON.stringify({ token })}`)
  else if (text === '2') socket.send('3')
  else if (text.startsWith('40')) ask('join_chat', { sessionId }, 0)
  else if (text.startsWith('430[')) console.log('ready')
  else if (text.startsWith('43')) answered += 1
})
socket.addEventListener('close', () => console.log('cut off'))

createInterface({ input: process.stdin })
  .on('line', (word) => {
    isFlooding = word === 'go'
    if (isFlooding) flood()
    else console.log(JSON.stringify({ sent, answered }))
  })
  .on('close', () => process.exit())
