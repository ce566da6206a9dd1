/**
 * How long deliveries wait for others while many are made, to be claimed, made up and recorded with them. Of 200 under way at
 * once it makes rounds of 65 in place of 52, and 3 to 12 % more deliveries of a core (`bin/bench webhooks`); one that comes
 * alone waits for none. ms
 */
export const gatherMs = 10
