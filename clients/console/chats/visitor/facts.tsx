import type { ComponentChildren } from 'preact'
import type { SessionInfo, ShownVisitor } from '../../../../src/contract/chat.ts'
import { Badge } from '../../parts/badge.tsx'
import { useNow } from '../use-now.ts'
import { localTimeIn } from './local-time.ts'

const clockMs = 30_000

/** What is known of the visitor, and how surely. */
export function Facts({ info: { visitor, channel } }: { info: SessionInfo }) {
  const { email, phone, page, referrer, locale, timeZone, externalId, verified, attributes = {} } = visitor
  const now = useNow(clockMs)
  const clock = timeZone ? localTimeIn(timeZone, now) : null
  return (
    <>
      {verified && (
        <p>
          <Badge tone="good">Verified by the site</Badge>
        </p>
      )}
      <dl class="about-facts" data-test="facts">
        <Fact name="Email" mark={markOf(visitor, 'email')}>
          {email && <a href={`mailto:${email}`}>{email}</a>}
        </Fact>
        <Fact name="Phone" mark={markOf(visitor, 'phone')}>
          {phone && <a href={`tel:${phone.replaceAll(/[^0-9+]/g, '')}`}>{phone}</a>}
        </Fact>
        <Fact name="Page">{page && <Address address={page} />}</Fact>
        <Fact name="Came from">{referrer && <Address address={referrer} />}</Fact>
        <Fact name="Local time">{clock && `${clock} (${timeZone})`}</Fact>
        <Fact name="Language">{locale}</Fact>
        <Fact name="By">{channel === 'web' ? null : channel}</Fact>
        <Fact name="Customer">{externalId}</Fact>
        {Object.entries(attributes).map(([name, value]) => (
          <Fact key={name} name={name} mark={markOf(visitor, `attributes.${name}`)}>
            {String(value)}
          </Fact>
        ))}
      </dl>
    </>
  )
}

type Mark = 'proven' | 'by an agent' | null

function markOf({ proven = [], byAgent = [] }: ShownVisitor, field: string): Mark {
  if (proven.includes(field)) return 'proven'
  return byAgent.includes(field) ? 'by an agent' : null
}

interface FactProps {
  name: string
  mark?: Mark
  children: ComponentChildren
}

/** What is not known takes no room. */
function Fact({ name, mark = null, children }: FactProps) {
  if (children === undefined || children === null || children === '') return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children} {mark && <Badge tone={mark === 'proven' ? 'good' : 'plain'}>{mark}</Badge>}
      </dd>
    </div>
  )
}

/** An address that is none is shown as it is. */
function Address({ address }: { address: string }) {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || !/^https?:$/.test(url.protocol)) return <>{address}</>
  return (
    <a href={url.href} target="_blank" rel="noopener noreferrer" title={url.href}>
      {url.host + (url.pathname === '/' ? '' : url.pathname)}
    </a>
  )
}
