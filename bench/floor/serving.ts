import type { Chances } from './chances.ts'
import type { Chat } from './chat.ts'
import {
  answer,
  ask,
  assign,
  close,
  closesItselfAt,
  edit,
  note,
  read,
  remove,
  sayByRule,
  tag,
  takeBack,
  timeOut,
  transfer,
  visitorIn,
} from './moves.ts'
import type { FloorAgent, FloorInbox } from './people.ts'
import type { Staff } from './staff.ts'
import { minute, second } from './wall-clock.ts'
import { aNote, anAnswer, anImpatientWord, aReply, tags } from './words.ts'

/** What a chat happens in. */
export interface Floor {
  random: Chances
  staff: Staff
  inbox: FloorInbox
}

/** Who has the chat. `alone`: the visitor has gone meanwhile, without a word. */
export interface Served {
  agent: FloorAgent
  alone: boolean
}

/** As the default of `assignment.answerWithin`. */
const answerWithin = 2 * minute
/** How often a chat goes from one who does not answer to the next, at most. */
const mostReturns = 3

/** The visitor waits until somebody has room. Null: the chat has ended before that. */
export function waitForAgent(chat: Chat, floor: Floor, passed?: FloorAgent): Served | null {
  const { staff, inbox, random } = floor
  const { agent, at } = staff.firstFree(inbox, chat.now, passed)
  const leavesAt = chat.now + Math.floor(random.exponential(12 * minute))
  const alone = at > leavesAt
  const closes = alone && random.chance(0.5)
  thankForWaiting(chat, inbox, closes ? leavesAt : at)
  if (closes && leavesAt < closesItselfAt(chat)) {
    chat.now = Math.max(chat.now, leavesAt)
    close(chat, visitorIn(chat), 'visitor')
    return null
  }
  if (!alone && at - chat.now > 2 * minute && random.chance(0.4)) {
    chat.now += Math.floor(random.between(20 * second, Math.min(at - chat.now, 10 * minute)))
    ask(chat, anImpatientWord(random))
  }
  if (at >= closesItselfAt(chat)) {
    timeOut(chat)
    return null
  }
  chat.now = Math.max(chat.now, at) + Math.floor(random.between(20, 400))
  assign(chat, agent, 'routing')
  return { agent, alone }
}

/** Once in each stretch of waiting, as the rule of that name. */
function thankForWaiting(chat: Chat, { settings }: FloorInbox, until: number): void {
  const rule = settings.automation.whileWaiting
  const { waitingSince, said, answered, closedSeq } = chat.state
  if (!rule || !waitingSince || said.includes('while-waiting')) return
  const due = Math.max(chat.now, waitingSince.getTime() + rule.after)
  if (due >= Math.min(until, closesItselfAt(chat))) return
  chat.now = due
  sayByRule(chat, 'while-waiting', Math.max(answered?.seq ?? 0, closedSeq ?? 0), rule.text)
}

/** Question and answer until one of them has nothing more to say. Null: the chat has ended before that. */
export function converse(chat: Chat, floor: Floor, first: Served): Served | null {
  const { random } = floor
  let served = first
  for (;;) {
    const answered = answerOrPass(chat, floor, served)
    if (!answered) return null
    served = answered
    if (random.chance(0.25)) sayMore(chat, served.agent, random)
    if (random.chance(0.03)) served = { ...served, agent: handOn(chat, floor, served.agent) }
    if (served.alone || random.chance(0.29)) return served
    if (random.chance(0.12)) seeAnswer(chat, random)
    const next = chat.now + Math.floor(random.logNormal(40 * second, 0.9))
    if (next >= closesItselfAt(chat)) return served
    chat.now = next
    ask(chat, aReply(random))
    if (random.chance(0.04)) revise(chat, random)
  }
}

/** The agent answers, or somebody else does who gets the chat after them. */
function answerOrPass(chat: Chat, floor: Floor, first: Served): Served | null {
  const { random, staff } = floor
  let served = first
  for (let returns = 0; ; returns += 1) {
    const { agent } = served
    const delay = Math.floor(agent.pace * random.logNormal(32 * second, 0.8))
    if (delay < answerWithin || returns === mostReturns || random.chance(0.3)) {
      chat.now += Math.min(delay, 8 * minute)
      answer(chat, agent, anAnswer(random))
      return served
    }
    chat.now += answerWithin
    takeBack(chat, agent, 'no_answer')
    staff.occupy(agent, chat.now)
    const next = waitForAgent(chat, floor, agent)
    if (!next) return null
    served = next
  }
}

function seeAnswer(chat: Chat, random: Chances): void {
  chat.now += Math.floor(random.between(second, 6 * second))
  read(chat, chat.state.answered?.seq ?? 0)
}

/** What an agent does besides answering. */
function sayMore(chat: Chat, agent: FloorAgent, random: Chances): void {
  chat.now += Math.floor(random.logNormal(15 * second, 0.5))
  if (random.chance(0.2)) note(chat, agent, aNote(random))
  else if (random.chance(0.4)) tag(chat, agent, [random.pick(tags), random.pick(tags)])
  else answer(chat, agent, anAnswer(random))
}

/** What was said last is said otherwise, or taken back. */
function revise(chat: Chat, random: Chances): void {
  const last = chat.events.at(-1)
  if (last?.type !== 'message' || last.seq !== chat.state.seq) return
  chat.now += Math.floor(random.logNormal(8 * second, 0.4))
  if (random.chance(0.75)) edit(chat, last, `${last.body.content} (${aReply(random)})`)
  else remove(chat, last)
}

/** To a colleague, or to a team in which somebody takes it. Who has it then. */
function handOn(chat: Chat, { random, staff, inbox }: Floor, agent: FloorAgent): FloorAgent {
  const { agent: next, at } = staff.firstFree(inbox, chat.now, agent)
  if (at - chat.now > 5 * minute) return agent
  staff.occupy(agent, chat.now)
  chat.now += Math.floor(random.between(second, 20 * second))
  if (random.chance(0.5)) transfer(chat, agent, next, aNote(random))
  else {
    transfer(chat, agent, next.team, aNote(random))
    chat.now = Math.max(at, chat.now + Math.floor(random.between(50, 900)))
    assign(chat, next, 'routing')
  }
  chat.now += Math.floor(next.pace * random.logNormal(25 * second, 0.5))
  answer(chat, next, anAnswer(random))
  return next
}
