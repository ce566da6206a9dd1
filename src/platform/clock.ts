/** Epoch ms. Passed in everywhere, so that a test can move it. */
export type Now = () => number
export const systemClock: Now = () => Date.now()
