import { render } from 'preact'
import { useState } from 'preact/hooks'
import { useSession } from '../../live.ts'
import { SlackColumn } from '../../slack/channel-view/slack-column.tsx'
import { TicketColumn } from '../../zendesk/agent-view/ticket-column.tsx'

interface Settings {
  slackUrl: string | null
  zendeskUrl: string | null
  channel: string
  /** Where agents answer who have neither. */
  consoleUrl: string
}

const settings: Settings = JSON.parse(document.getElementById('settings')?.textContent ?? '{}')

const columns = [
  { id: 'shop', label: 'Shop' },
  { id: 'slack', label: 'Slack' },
  { id: 'zendesk', label: 'Zendesk' },
] as const

function Tour() {
  const session = useSession()
  const [shown, setShown] = useState<(typeof columns)[number]['id']>('shop')
  return (
    <div class="tour" data-session={session ?? ''}>
      <header class="top">
        <h1>Deskbridge</h1>
        <ol>
          <li>Open the chat in the shop and write something.</li>
          <li>Watch it arrive as a Slack thread and a Zendesk ticket.</li>
          <li>
            Answer in either, or in{' '}
            <a href={settings.consoleUrl} target="_blank" rel="noopener">
              the console
            </a>
            : the customer reads it at once.
          </li>
        </ol>
      </header>
      <div class="tabs" role="tablist" aria-label="What to show">
        {columns.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={shown === id}
            aria-controls={id}
            onClick={() => setShown(id)}
          >
            {label}
          </button>
        ))}
      </div>
      <div class="columns" data-shown={shown}>
        <section id="shop" class="column shop" aria-label="The shop, as a customer sees it">
          <iframe src="shop" title="Demo shop with the chat widget" />
        </section>
        <section id="slack" class="column slack" aria-label="Slack, as your team sees it">
          <SlackColumn url={settings.slackUrl} channel={settings.channel} session={session} />
        </section>
        <section id="zendesk" class="column zendesk" aria-label="Zendesk, as your team sees it">
          <TicketColumn url={settings.zendeskUrl} session={session} />
        </section>
      </div>
    </div>
  )
}

const root = document.getElementById('tour')
if (root) render(<Tour />, root)
