import { Blank } from '../../parts/list.tsx'

export const NothingApart = () => (
  <Blank title="Nothing to tell apart" text="There are no figures of these in this period." />
)

export const NotApart = () => (
  <Blank title="Not known one by one" text="These figures are not kept for each of them. Choose another tab." />
)
