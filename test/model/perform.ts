import type { Desk } from './desk.ts'
import type { Act } from './history.ts'

type Doing = { [K in Act['kind']]: (desk: Desk, act: Extract<Act, { kind: K }>) => unknown }

const nth = <T>(all: readonly T[], index: number): T | undefined => all[index % Math.max(1, all.length)]
const ignored = () => {}

const doings: Doing = {
  say: ({ authors }, { author }) => nth(authors, author)?.say(),
  again: ({ authors }, { author }) => nth(authors, author)?.sayAgain(),
  /** Everybody writes to one node at once, and somebody repeats themself there. */
  burst({ authors, installation }, { author, node }) {
    const to = nth(installation.awake('api'), node)
    for (const one of authors) one.say(to)
    return nth(authors, author)?.sayAgain(to)
  },
  write: (desk, { side, session, colleague }) => desk.write(side, nth(desk.sessions, session), colleague % 2),
  leave: ({ readers }, { reader }) => nth(readers, reader)?.leave(),
  crash: ({ installation }, { node }) => installation.crash(node),
  sleep: ({ installation }, { node, ms }) => installation.sleep(node, ms),
  heal: ({ installation }, { node }) => nth(installation.nodes, node)?.rooms.heal().catch(ignored),
  sweep: ({ installation }, { node }) => nth(installation.nodes, node)?.sweeps.map((sweep) => sweep().catch(ignored)),
  'fail over': ({ installation: { network, set } }, { kept }) => network.failOver(Math.min(kept, set.behind())),
  cut: ({ installation }, { request }) => installation.network.cut(request),
  flush: ({ installation }) => installation.queue.empty(),
  remote: ({ installation }, { side, mishap }) => installation.lines[side].goWrong(mishap),
  pause: ({ installation }, { side, node }) =>
    nth(installation.nodes, node)
      ?.bridge.health.pause(side, { kind: 'admin', id: 'key', name: null }, null)
      .catch(ignored),
  resume: ({ installation }, { side, node }) =>
    nth(installation.nodes, node)?.bridge.health.resume(side).catch(ignored),
  push: ({ installation }, { side, stray }) => installation.pushes.goAstray(side, stray),
  pass: ({ installation }, { ms }) => installation.schedule.pass(ms),
}

/** Begins it; what follows is for the schedule to say. */
export function perform(desk: Desk, act: Act): void {
  const doing = doings[act.kind] as (desk: Desk, act: Act) => unknown
  doing(desk, act)
}
