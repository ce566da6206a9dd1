import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** What the next mails meet, in turn; `accept` once there is nothing left. */
export type Reply =
  | 'accept'
  | 'lose the answer'
  | 'cut the line'
  | { at: 'recipient' | 'content'; code: number; text: string }

export interface Arrived {
  to: string[]
  mail: ParsedMail
}

/** A real SMTP server on localhost that keeps what arrives. */
export async function aMailServer(options: SMTPServerOptions & { port?: number } = {}) {
  const arrived: Arrived[] = []
  const replies: Reply[] = []
  const putOff = new Set<string>()
  let tries = 0
  const refusal = ({ code, text }: { code: number; text: string }) =>
    Object.assign(new Error(text), { responseCode: code })

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    ...options,
    onRcptTo({ address }, _session, done) {
      if (putOff.has(address)) return done(refusal({ code: 450, text: 'greylisted' }))
      const next = replies[0]
      if (typeof next === 'object' && next.at === 'recipient') {
        replies.shift()
        tries += 1
        return done(refusal(next))
      }
      done()
    },
    onData(stream, session, done) {
      const next = replies.shift() ?? 'accept'
      tries += 1
      if (next === 'cut the line') {
        for (const connection of server.connections) connection._socket.destroy()
        return
      }
      void simpleParser(stream).then((mail) => {
        if (typeof next === 'object') return done(refusal(next))
        arrived.push({ to: session.envelope.rcptTo.map(({ address }) => address), mail })
        if (next === 'lose the answer') for (const connection of server.connections) connection._socket.destroy()
        else done()
      })
    },
  })
  // A client that cuts the line is what the tests are about.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    arrived,
    /** Mails to these addresses wait. */
    putOff,
    tries: () => tries,
    next: (...more: Reply[]) => void replies.push(...more),
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}

export type MailServer = Awaited<ReturnType<typeof aMailServer>>
