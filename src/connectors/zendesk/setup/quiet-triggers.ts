import { liveTag } from '../tags.ts'
import type { AccountApi, Condition, Trigger } from './account.ts'
import type { Piece } from './piece.ts'

const notLive: Condition = { field: 'current_tags', operator: 'not_includes', value: liveTag }

/** As the triggers that every account comes with name the requester. */
const requesters: ReadonlySet<unknown> = new Set(['requester_id', 'requester_and_ccs'])

/** The account's triggers that mail the requester: of a live chat, they would mail each public comment. */
export function quietTriggers(api: Pick<AccountApi, 'triggers' | 'updateTrigger'>): Piece {
  const mailing = async () => (await api.triggers()).filter(mailsRequester)
  const change = (trigger: Trigger, all: readonly Condition[]) =>
    // Zendesk takes the conditions as a whole.
    api.updateTrigger(trigger.id, { conditions: { all, any: trigger.conditions.any } })

  return {
    name: 'the condition that keeps triggers from mailing live chats',
    shared: true,
    async look() {
      const loud = (await mailing()).filter((trigger) => !isQuiet(trigger))
      if (loud.length === 0) return { kind: 'there' }
      return { kind: 'wrong', why: `it is missing in ${loud.map(({ title }) => `“${title}”`).join(' and ')}` }
    },
    async put() {
      for (const trigger of await mailing())
        if (!isQuiet(trigger)) await change(trigger, [...trigger.conditions.all, notLive])
    },
    async remove() {
      for (const trigger of await mailing())
        if (isQuiet(trigger))
          await change(
            trigger,
            trigger.conditions.all.filter((condition) => !isNotLive(condition)),
          )
    },
  }
}

const mailsRequester = ({ actions }: Trigger): boolean =>
  actions.some(({ field, value }) => field === 'notification_user' && Array.isArray(value) && requesters.has(value[0]))

const isNotLive = ({ field, operator, value }: Condition): boolean =>
  field === notLive.field && operator === notLive.operator && value === liveTag

const isQuiet = ({ conditions }: Trigger): boolean => conditions.all.some(isNotLive)
