import { awayTag, liveTag } from '../tags.ts'
import type { AccountApi, View } from './account.ts'
import type { Piece } from './piece.ts'

const title = 'Live chats'
/** Tells our view from one that somebody else has called the same. */
const mark = 'Made by Deskbridge'

const view = {
  title,
  description: `Chats that go on now. ${mark}.`,
  active: true,
  all: [
    { field: 'status', operator: 'less_than', value: 'solved' },
    // At least one of them.
    { field: 'current_tags', operator: 'includes', value: `${liveTag} ${awayTag}` },
  ],
  any: [],
  output: {
    columns: ['status', 'requester', 'subject', 'assignee', 'created', 'updated'],
    group_by: 'status',
    group_order: 'asc',
    sort_by: 'updated',
    sort_order: 'desc',
  },
}

/** Columns and further conditions are the administrator's; only the tag makes it a view of live chats. */
export function liveView(api: Pick<AccountApi, 'views' | 'createView' | 'updateView' | 'removeView'>): Piece {
  const ours = async () =>
    (await api.views()).find((one) => one.title === title && one.description?.includes(mark)) ?? null

  return {
    name: `the view ${title}`,
    shared: true,
    async look() {
      const there = await ours()
      if (!there) return { kind: 'missing' }
      if (!there.active) return { kind: 'wrong', why: 'it is deactivated' }
      return isOfLiveChats(there) ? { kind: 'there' } : { kind: 'wrong', why: `it does not show the tag ${liveTag}` }
    },
    async put() {
      const there = await ours()
      if (!there) return api.createView(view)
      if (isOfLiveChats(there)) return api.updateView(there.id, { active: true })
      const { all, any } = view
      return api.updateView(there.id, { active: true, all, any })
    },
    async remove() {
      const there = await ours()
      if (there) await api.removeView(there.id)
    },
  }
}

const isOfLiveChats = ({ conditions }: View): boolean =>
  conditions.all.some(
    ({ field, operator, value }) =>
      field === 'current_tags' && operator === 'includes' && String(value).split(' ').includes(liveTag),
  )
