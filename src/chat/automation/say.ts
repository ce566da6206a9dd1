import { DeskbridgeError } from '../../contract/errors.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import { wordsOf } from '../../contract/words-of.ts'
import type { Decision } from '../../log/log.ts'
import type { ChatDeps } from '../chat.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { type Facts, type RuleName, rules, type Said } from './rules.ts'

/** Lets a rule speak in a chat, if it has something to say; once for each cause, whoever else tries. */
export async function say(
  deps: Pick<ChatDeps, 'log' | 'now'>,
  session: SessionId,
  rule: RuleName,
  inbox: Inbox,
  facts: Facts,
): Promise<void> {
  const ask = (state: SessionSummary | undefined) => {
    const said = state && rules[rule](state, inbox, facts, deps.now())
    return said && { ...said, text: wordsOf(said.text, state, inbox) }
  }
  const said = ask(await deps.log.state(session))
  if (!said) return
  await deps.log
    .append({ session, key: said.key, decide: (state) => decide(rule, said, ask(state)) })
    .catch((error: unknown) => {
      // Another process was faster, with the same words or, just after they were changed, with others.
      if (!(error instanceof DeskbridgeError && ['already_exists', 'key_conflict'].includes(error.code))) throw error
    })
}

function decide(rule: RuleName, said: Said, now: Said | null | undefined): Decision {
  if (now?.key !== said.key) return { refuse: new DeskbridgeError('already_exists') }
  return {
    append: {
      type: 'message',
      actor: { kind: 'system', rule },
      origin: 'deskbridge',
      body: { messageType: 'system', content: now.text, internal: false },
    },
  }
}
