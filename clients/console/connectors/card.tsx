import type { ConnectorHealth } from '../../../src/contract/connector-health.ts'
import { Icon } from '../frame/icon.tsx'
import { Ago } from '../parts/ago.tsx'
import { Badge } from '../parts/badge.tsx'
import { ConnectorActs } from './acts.tsx'
import { Budgets } from './budgets.tsx'
import type { ConnectorCalls } from './calls.ts'
import { Failures } from './failures.tsx'
import { Settings } from './settings.tsx'
import { badges, behindSaid, counted, saidOf, titleOf } from './words.ts'

interface ConnectorCardProps {
  connector: ConnectorHealth
  calls: ConnectorCalls
  onChanged(connector: ConnectorHealth): void
}

export function ConnectorCard({ connector, calls, onChanged }: ConnectorCardProps) {
  const { name, state, isConnected, lastFailures, budgets } = connector
  const [tone, words] = badges[state.kind]
  return (
    <section class="card connector" aria-labelledby={`connector-${name}`} data-test={name} data-state={state.kind}>
      <header>
        <h2 id={`connector-${name}`}>{titleOf(name)}</h2>
        <Badge tone={tone}>{words}</Badge>
        <span class="space" />
        {isConnected && <ConnectorActs connector={connector} calls={calls} onChanged={onChanged} />}
      </header>
      <Said connector={connector} />
      {isConnected && <Facts connector={connector} />}
      {budgets.length > 0 && <Budgets budgets={budgets} />}
      {lastFailures.length > 0 && <Failures failures={lastFailures} />}
      <Settings connector={connector} />
    </section>
  )
}

function Said({ connector }: { connector: ConnectorHealth }) {
  const said = saidOf(connector, Date.now())
  const [tone] = badges[connector.state.kind]
  return (
    <>
      {said && (
        <div class={`notice ${tone}`} data-test="said">
          <Icon name={tone === 'plain' ? 'plug' : 'warn'} />
          <p>
            {said.what} <span class="next">{said.next}</span>
          </p>
        </div>
      )}
      {connector.places.map(({ place, since, reason }) => (
        <div key={place} class="notice bad">
          <Icon name="warn" />
          <p>
            Only the chats of <code>{place}</code> wait, since <Ago at={since} />: {reason}
          </p>
        </div>
      ))}
    </>
  )
}

function Facts({ connector }: { connector: ConnectorHealth }) {
  const { behind, stopped, callsUnderWay, lastSuccessAt, lastHeardAt } = connector
  return (
    <dl class="facts">
      <dt>Waits</dt>
      <dd data-test="behind">{behindSaid(behind, Date.now())}</dd>
      {stopped.chats.count > 0 && (
        <>
          <dt>Needs a look</dt>
          <dd data-test="stopped">
            {counted(stopped.chats, 'chat')}
            {stopped.isolated > 0 && `, ${counted({ count: stopped.isolated, isMore: false }, 'event')} not taken`}
          </dd>
        </>
      )}
      <dt>Under way</dt>
      <dd>{callsUnderWay === 0 ? 'Nothing' : counted({ count: callsUnderWay, isMore: false }, 'call')}</dd>
      <dt>Last success</dt>
      <dd>{lastSuccessAt ? <Ago at={lastSuccessAt} /> : 'None yet'}</dd>
      <dt>Last heard</dt>
      <dd>{lastHeardAt ? <Ago at={lastHeardAt} /> : 'Nothing yet'}</dd>
    </dl>
  )
}
