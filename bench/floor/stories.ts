import type { Chances } from './chances.ts'
import type { Chat } from './chat.ts'
import { endChat, rateMaybe } from './endings.ts'
import {
  answer,
  ask,
  assign,
  closesItselfAt,
  email,
  join,
  leave,
  note,
  reopen,
  sayAsBot,
  sayByRule,
  timeOut,
} from './moves.ts'
import type { FloorInbox } from './people.ts'
import { converse, type Floor, type Served, waitForAgent } from './serving.ts'
import { day, hour, minute, second } from './wall-clock.ts'
import { aNote, anAnswer, aQuestion, aReply } from './words.ts'

/** What becomes of a chat that has just begun. */
export function tell(chat: Chat, floor: Floor): void {
  if (chat.state.offline) leftOutsideHours(chat, floor)
  else askedWithinHours(chat, floor)
  if (chat.state.status === 'closed' && floor.random.chance(0.06)) comeBack(chat, floor)
}

function askedWithinHours(chat: Chat, floor: Floor): void {
  const { random, inbox } = floor
  const { greeting } = inbox.settings
  chat.now += Math.floor(random.between(5, 60))
  if (greeting !== null) sayByRule(chat, 'greeting', 1, greeting)
  // Some look in and never write.
  if (random.chance(0.04)) timeOut(chat)
  else {
    chat.now += Math.floor(random.logNormal(15 * second, 0.8))
    ask(chat, aQuestion(random))
    if (inbox.bot && random.chance(0.7)) answerAsBot(chat, random, inbox.bot)
    beServed(chat, floor)
  }
}

function answerAsBot(chat: Chat, random: Chances, bot: NonNullable<FloorInbox['bot']>): void {
  chat.now += Math.floor(random.between(second, 3 * second))
  sayAsBot(chat, bot, `Thanks! ${anAnswer(random)}`)
}

/** From the queue to a closing. */
function beServed(chat: Chat, floor: Floor): void {
  const served = waitForAgent(chat, floor)
  if (!served) return
  if (floor.random.chance(0.03)) lookedAtBySomebodyElse(chat, floor)
  const last = converse(chat, floor, served)
  if (!last) return
  endChat(chat, floor.random, last)
  floor.staff.occupy(last.agent, chat.now)
  rateMaybe(chat, floor.random, last)
}

/** A colleague looks over the agent's shoulder. */
function lookedAtBySomebodyElse(chat: Chat, { random, staff, inbox }: Floor): void {
  const { agent, at } = staff.firstThere(inbox, chat.now)
  if (at > chat.now || chat.state.agents.some(({ id }) => id === agent.id)) return
  chat.now += Math.floor(random.between(second, 10 * second))
  join(chat, agent)
  chat.now += Math.floor(random.between(second, 10 * second))
  note(chat, agent, aNote(random))
  leave(chat, agent)
}

/** A message is left; somebody takes it the next morning, and their answer goes by email. */
function leftOutsideHours(chat: Chat, floor: Floor): void {
  const { random, inbox } = floor
  const { text } = inbox.settings.outsideHours
  chat.now += Math.floor(random.between(5, 60))
  if (text !== null) sayByRule(chat, 'outside-hours', 1, text)
  if (random.chance(0.12)) return
  chat.now += Math.floor(random.logNormal(45 * second, 0.7))
  ask(chat, aQuestion(random))
  // Some are overlooked.
  if (random.chance(0.94)) answerNextMorning(chat, floor)
}

function answerNextMorning(chat: Chat, { random, inbox, staff }: Floor): void {
  const { agent, at } = staff.firstThere(inbox, chat.now)
  chat.now = at + Math.floor(random.exponential(50 * minute))
  assign(chat, agent, 'taken')
  chat.now += Math.floor(random.logNormal(2 * minute, 0.6))
  answer(chat, agent, anAnswer(random))
  const to = chat.state.visitor.email
  if (to !== undefined) {
    chat.now += Math.floor(random.between(minute, 3 * minute))
    email(chat, to)
  }
  end(chat, random, { agent, alone: true })
}

/** The visitor writes again after the closing, or the team opens the chat again. */
function comeBack(chat: Chat, { random, inbox, staff }: Floor): void {
  chat.now += Math.min(Math.floor(random.exponential(2 * hour)), day - hour)
  const before = staff.agentsOf(inbox).find(({ id }) => id === chat.state.lastAssignee)
  const { agent, at } = staff.firstThere(inbox, chat.now, before)
  if (random.chance(0.15)) {
    chat.now = at
    reopen(chat, agent)
  } else ask(chat, aReply(random))
  if (at >= closesItselfAt(chat)) timeOut(chat)
  else {
    chat.now = at + Math.floor(random.between(100, 2_000))
    assign(chat, agent, agent === before ? 'last_agent' : 'routing')
    chat.now += Math.floor(agent.pace * random.logNormal(40 * second, 0.6))
    answer(chat, agent, anAnswer(random))
    end(chat, random, { agent, alone: false })
  }
}

function end(chat: Chat, random: Chances, served: Served): void {
  endChat(chat, random, served)
  rateMaybe(chat, random, served)
}
