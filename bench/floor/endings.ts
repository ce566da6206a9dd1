import type { Chances } from './chances.ts'
import type { Chat } from './chat.ts'
import { actorOf, ask, close, closesItselfAt, rate, tag, timeOut, visitorIn } from './moves.ts'
import type { Served } from './serving.ts'
import { minute, second } from './wall-clock.ts'
import { aComment, aReply, tags } from './words.ts'

/** Everything is said: somebody closes the chat, or nobody does until it times out. */
export function endChat(chat: Chat, random: Chances, served: Served): void {
  if (!served.alone && random.chance(0.3)) {
    chat.now += Math.floor(random.logNormal(20 * second, 0.6))
    ask(chat, aReply(random))
  }
  const at = chat.now + Math.floor(random.logNormal(90 * second, 0.7))
  // Who waits too long with closing it finds it closed.
  if (random.chance(0.23) || at >= closesItselfAt(chat)) timeOut(chat)
  else {
    chat.now = at
    closeByHand(chat, random, served)
  }
}

function closeByHand(chat: Chat, random: Chances, { agent, alone }: Served): void {
  if (random.chance(0.03)) close(chat, { kind: 'admin', id: 'key' }, 'admin')
  else if (!alone && random.chance(0.25)) close(chat, visitorIn(chat), 'visitor')
  else {
    if (random.chance(0.5)) tag(chat, agent, [...chat.state.tags, random.pick(tags)])
    chat.now += Math.floor(random.between(second, 4 * second))
    close(chat, actorOf(agent), 'agent')
  }
}

/** Who waited long is less content. */
export function rateMaybe(chat: Chat, random: Chances, { agent, alone }: Served): void {
  const { status, servedAt, createdAt } = chat.state
  if (status !== 'closed' || alone || !random.chance(0.33)) return
  const waited = (servedAt ?? createdAt).getTime() - createdAt.getTime()
  const content = 4.4 + agent.charm - Math.min(1.5, waited / (10 * minute)) + random.between(-1.6, 1.2)
  chat.now += Math.floor(random.logNormal(25 * second, 0.7))
  rate(chat, Math.max(1, Math.min(5, Math.round(content))), random.chance(0.2) ? aComment(random) : null)
}
