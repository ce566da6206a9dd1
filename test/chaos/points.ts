import type { Edit } from '../mutants/edit.ts'

/** A place in the service at which a process can be stopped to the step. */
export type PointName = 'stamped' | 'frozen' | 'performed' | 'told' | 'called'

/**
 * Hours pass in one instant, of which the stand-in hears up to 100 ms before or after the service: what it signs in between
 * is not to be taken for somebody's copy. Zendesk does not push again what is refused.
 */
export const inOneInstant: Edit = {
  file: 'src/connectors/zendesk/receiver.ts',
  find: 'const clockToleranceMs = 5 * 60_000',
  replace: 'const clockToleranceMs = Number.POSITIVE_INFINITY',
}

/** `DESKBRIDGE_POINT` reaches what `node.ts` puts there. */
export const points: readonly { name: PointName; edit: Edit }[] = [
  {
    /** Between stamping an event with its position and inserting it. */
    name: 'stamped',
    edit: {
      file: 'src/log/append.ts',
      find: 'const outcome = await deps.commits.commit(event)',
      replace:
        "await Reflect.get(globalThis, 'atPoint')?.('stamped')\n    const outcome = await deps.commits.commit(event)",
    },
  },
  {
    /** The call is stored and not yet made. */
    name: 'frozen',
    edit: {
      file: 'src/bridge/outbound/deliver.ts',
      find: 'receipt = await connector.perform(call, viewOf(frozen))',
      replace:
        "await Reflect.get(globalThis, 'atPoint')?.('frozen')\n    receipt = await connector.perform(call, viewOf(frozen))",
    },
  },
  {
    /** The call is made and not yet recorded. */
    name: 'performed',
    edit: {
      file: 'src/bridge/outbound/deliver.ts',
      find: 'return record(deps, frozen, call, receipt).catch(',
      replace:
        "await Reflect.get(globalThis, 'atPoint')?.('performed')\n  return record(deps, frozen, call, receipt).catch(",
    },
  },
  {
    /** Which webhooks are to tell of an event is written down, and not yet that it was. */
    name: 'told',
    edit: {
      file: 'src/webhooks/fan-out/fan-out.ts',
      find: 'await begin(deliveries, wanted)',
      replace: "await begin(deliveries, wanted)\n      await Reflect.get(globalThis, 'atPoint')?.('told')",
    },
  },
  {
    /** A webhook was called, and what became of it is not yet recorded. */
    name: 'called',
    edit: {
      file: 'src/webhooks/deliveries/send.ts',
      find: 'await record({ delivery, result, outcome, at })',
      replace:
        "await Reflect.get(globalThis, 'atPoint')?.('called')\n    await record({ delivery, result, outcome, at })",
    },
  },
]
