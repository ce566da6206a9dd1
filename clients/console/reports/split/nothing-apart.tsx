import { Blank } from '../../parts/list.tsx'

export const NothingApart = () => (
  <Blank title="Nothing to tell apart" text="There are no figures of these in this period." />
)
