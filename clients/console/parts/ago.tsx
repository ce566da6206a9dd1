import { exactly, timeAgo } from './when.ts'

/** How long ago; on the pointer, exactly when. */
export const Ago = ({ at }: { at: string }) => (
  <time dateTime={at} title={exactly(at)}>
    {timeAgo(at, Date.now())}
  </time>
)
