import { Fragment, type VNode } from 'preact'

/** What the app writes, in signs that every font has. */
const emoji: Readonly<Record<string, string>> = {
  hourglass: '◔',
  speech_balloon: '●',
  white_check_mark: '✔',
  warning: '⚠',
  lock: '◆',
  alarm_clock: '⚑',
}

export const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

const marks = /(`[^`\n]+`|<[^<>\n]+>|\*[^*\n]+\*|_[^_\n]+_|:[a-z_]+:)/

/** Bold, italics, links, moments and emoji, as Slack shows them; all else stays text. */
export const mrkdwn = (text: string): VNode[] =>
  text.split(marks).map((part, index) => <Fragment key={index}>{shown(part)}</Fragment>)

function shown(part: string) {
  const inner = part.slice(1, -1)
  if (/^`.+`$/.test(part)) return <code>{unescaped(inner)}</code>
  if (/^<.+>$/.test(part)) return reference(inner)
  if (/^\*.+\*$/.test(part)) return <strong>{mrkdwn(inner)}</strong>
  if (/^_.+_$/.test(part)) return <em>{mrkdwn(inner)}</em>
  if (/^:.+:$/.test(part)) return emoji[inner] ?? part
  return unescaped(part)
}

function reference(inside: string) {
  const [target = '', label = target] = inside.split('|', 2)
  const seconds = /^!date\^(\d+)/.exec(target)?.[1]
  if (seconds !== undefined) return moment(Number(seconds))
  if (target.startsWith('!')) return <strong>@{target.slice(1)}</strong>
  return (
    <a href={unescaped(target)} target="_blank" rel="noreferrer">
      {unescaped(label)}
    </a>
  )
}

/** In the reader's own time. */
export const moment = (seconds: number) =>
  new Date(seconds * 1_000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
