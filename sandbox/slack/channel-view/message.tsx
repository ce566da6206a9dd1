import type { SlackMessage } from '../../live.ts'
import { Avatar } from '../../parts.tsx'
import { moment, mrkdwn, unescaped } from './words.tsx'

const people: Readonly<Record<string, string>> = {
  U0GRACE: 'Grace Hopper',
  U0ALAN: 'Alan Turing',
  U0KATHERINE: 'Katherine Johnson',
}

export function Message({ message, onClick }: { message: SlackMessage; onClick?(button: Button): void }) {
  const { botId, username, user, icon, text, ts, edited } = message
  const name = botId ? (username ?? 'Deskbridge') : (people[user] ?? user)
  const buttons = buttonsOf(message)
  return (
    <article class="post" data-test="slack-message">
      {icon ? <img class="avatar" src={icon} alt="" /> : <Avatar name={name} />}
      <div>
        <p class="post-head">
          <strong>{name}</strong> {botId && <span class="app">APP</span>} <time>{moment(Number(ts))}</time>
          {edited && !botId && <span class="edited"> (edited)</span>}
        </p>
        <p class="post-text">{botId ? mrkdwn(text) : unescaped(text)}</p>
        {(message.files ?? []).map(({ id, name: file }) => (
          <span key={id} class="attached">
            {file}
          </span>
        ))}
        {buttons.length > 0 && (
          <p class="post-buttons">
            {buttons.map((button) => (
              <button key={button.action_id} type="button" onClick={() => onClick?.(button)}>
                {button.text.text}
              </button>
            ))}
          </p>
        )}
      </div>
    </article>
  )
}

export interface Button {
  type: 'button'
  action_id: string
  value: string
  text: { text: string }
}

const buttonsOf = ({ blocks = [] }: SlackMessage): Button[] =>
  blocks.flatMap((block) => (block.type === 'actions' ? (block.elements ?? []) : []))
