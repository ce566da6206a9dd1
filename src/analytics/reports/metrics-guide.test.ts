import { expect, it } from 'vitest'
import { MetricGroup as Groups, type Metric, type MetricGroup } from '../../contract/metric.ts'
import { metrics } from '../../contract/metrics.ts'

const titles: Record<MetricGroup, string> = {
  volume: 'How much there was',
  queue: 'The queue',
  speed: 'How fast it went',
  quality: 'How well it went',
  agents: 'Agents’ time',
  bridge: 'To Slack, Zendesk and webhooks',
}

const units: Record<Metric['unit'], string> = {
  count: 'a count',
  number: 'a number',
  ms: 'ms',
  share: 'a share from 0 to 1',
  score: 'a score from 1 to 5',
}

const head = `# What each figure means

Made from the list that reports are reckoned with (\`src/contract/metrics.ts\`): what stands here is what is done. \`GET /api/admin/analytics/metrics\` answers the same. How figures are made, asked for and exported: [analytics](analytics.md).

Every answer has, for each figure, its \`value\` (null where nothing was measured) and \`of\`, how many measurements it is made of.

To trace a figure, ask \`GET /api/admin/analytics/sessions\` with its id as \`metric\` and with the days, inboxes and filter of the report. It lists the chats behind it, and what each of them adds: the parts of a count add up to it, of an average they are the times it is of. What stands here as not traceable is made of agents’ statuses, not of chats.

“In business hours, too”: with \`hours=business\` a time counts only while the inbox is open.
`

const anyOf = new Intl.ListFormat('en-GB', { type: 'disjunction' })

const sentences = ({ id, unit, means, formula, business, traceable, notOf }: Metric): string =>
  [
    ...[`- Id: \`${id}\`, ${units[unit]}`, `- Means: ${means}`, `- Formula: ${formula}`],
    ...(business ? ['- In business hours, too.'] : []),
    ...(traceable ? [] : ['- Not traceable to chats.']),
    ...(notOf.length > 0 ? [`- Not known of a single ${anyOf.format(notOf)}: null there.`] : []),
  ].join('\n')

const guide = (): string =>
  [
    head,
    ...Groups.options.flatMap((group) => [
      `## ${titles[group]}\n`,
      ...metrics
        .filter((metric) => metric.group === group)
        .map((metric) => `### ${metric.title}\n\n${sentences(metric)}\n`),
    ]),
  ].join('\n')

/** Made anew by `vitest run src/analytics/reports/metrics-guide.test.ts -u`. */
it('is what the guide says', async () => {
  await expect(guide()).toMatchFileSnapshot('../../../docs/metrics.md')
})

it('gives every figure an id and a title of its own', () => {
  const unique = (all: readonly string[]) => new Set(all).size === all.length
  expect([unique(metrics.map(({ id }) => id)), unique(metrics.map(({ title }) => title))]).toEqual([true, true])
})
