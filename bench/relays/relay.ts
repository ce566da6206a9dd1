/** A baseline: `node relay.ts bare` passes messages on and stores nothing, `node relay.ts insert` inserts each first. */
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { connectMongo } from '../../src/platform/mongo.ts'

const [kind = 'bare'] = process.argv.slice(2)
const http = createServer()
const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false })
const messages =
  kind === 'insert' ? (await connectMongo(process.env.MONGODB_URL ?? '')).collection('bench_messages') : null
await messages?.createIndex({ session: 1, createdAt: 1 })

io.on('connection', (socket) => {
  socket.on('join_chat', ({ sessionId }, ack) => {
    void socket.join(sessionId)
    ack({ ok: true })
  })
  socket.on('send_message', async ({ sessionId, content, clientMessageId }, ack) => {
    const message = { id: clientMessageId, sessionId, content, createdAt: new Date().toISOString() }
    await messages?.insertOne({ ...message, session: sessionId }, { writeConcern: { w: 'majority', j: true } })
    ack({ ok: true, ...message })
    io.to(sessionId).emit('new_message', message)
  })
})

http.listen(Number(process.env.PORT), '127.0.0.1')
process.once('SIGTERM', () => process.exit(0))
