import { connect } from 'node:net'
import { saying } from '../../platform/finding.ts'
import { reachOf } from '../../platform/reach.ts'
import { done, failing, type Step, toDo, unknown } from './step.ts'

/** A site on which the widget was lately loaded, or from which a chat began. */
export interface SiteSeen {
  inbox: string
  origin: string
  at: Date
}

export const publicUrlStep = (publicUrl: string, timeoutMs: number): Step => ({
  id: 'public_url',
  title: 'The address of the service',
  isOptional: false,
  async look() {
    const { level, todo = '' } = reachOf('Everybody', publicUrl)
    if (level !== 'ok') return toDo(`PUBLIC_URL is ${publicUrl}`, todo)
    try {
      const answer = await fetch(new URL('/healthz', publicUrl), { signal: AbortSignal.timeout(timeoutMs) })
      if (answer.ok) return done(`${publicUrl} answers`)
      return failing(`${publicUrl} answers with ${answer.status}`, 'Let what stands in front send all paths here.')
    } catch (error) {
      // Many networks do not let a machine out and in again.
      return unknown(`${publicUrl} cannot be reached from here: ${saying(error)}`, 'Open it from another network.')
    }
  },
})

export const teamStep = (activeRoles: () => Promise<readonly string[]>): Step => ({
  id: 'team',
  title: 'The first account of an administrator',
  isOptional: false,
  async look() {
    const roles = await activeRoles()
    const admins = roles.filter((role) => role === 'admin').length
    const found = `${roles.length} active accounts, ${admins} of them of administrators`
    return admins > 0 ? done(found) : toDo(found, makeOne)
  },
})

const makeOne = 'Run: bin/deskbridge user add --name NAME --email EMAIL --role admin'

export const widgetStep = (seen: () => Promise<readonly SiteSeen[]>, publicUrl: string): Step => ({
  id: 'widget',
  title: 'The widget on your site',
  isOptional: false,
  async look() {
    const [last] = (await seen()).toSorted((a, b) => b.at.getTime() - a.at.getTime())
    if (last) return done(`last seen on ${last.origin} at ${last.at.toISOString()}, for the inbox ${last.inbox}`)
    const loader = new URL('/widget/loader.js', publicUrl).href
    return toDo('it was not loaded on any site yet', `Put ${loader} into a page of your site, and open that page.`)
  },
})

export const mailStep = (smtpUrl: string | undefined, timeoutMs: number): Step => ({
  id: 'mail',
  title: 'Mails to visitors who have left',
  isOptional: true,
  async look() {
    if (smtpUrl === undefined) return toDo('no mail server is set', 'Set SMTP_URL and SMTP_FROM (docs/mail.md).')
    const { hostname, port, protocol } = new URL(smtpUrl)
    const server = { host: hostname, port: Number(port) || (protocol === 'smtps:' ? 465 : 587) }
    const error = await errorOfConnecting(server, timeoutMs)
    if (error === null) return done(`${server.host} answers on port ${server.port}`)
    return failing(
      `${server.host} does not answer on port ${server.port}: ${error}`,
      'Check SMTP_URL, and that this machine reaches the mail server.',
    )
  },
})

/** Null: it was reached. Whether it takes our mails, the first one shows. */
const errorOfConnecting = (server: { host: string; port: number }, timeout: number): Promise<string | null> =>
  new Promise((resolve) => {
    const socket = connect({ ...server, timeout })
    const end = (error: string | null) => {
      socket.destroy()
      resolve(error)
    }
    socket.once('connect', () => end(null))
    socket.once('timeout', () => end('no answer in time'))
    socket.once('error', ({ message }) => end(message))
  })
