import type { ShownMetric } from '../../src/contract/analytics.ts'

/** A figure as the API shows it. */
export const aMetric = (more: Partial<ShownMetric> = {}): ShownMetric => ({
  ...{ id: 'sessions', group: 'volume', title: 'Chats', unit: 'count', means: 'Chats.', formula: 'How many.' },
  ...{ better: null, business: false, traceable: true, notOf: [] },
  ...more,
})
