import { setTimeout } from 'node:timers/promises'

/** Epoch ms. Passed in everywhere, so that a test can move it. */
export type Now = () => number
export const systemClock: Now = () => Date.now()

/** Resolves after `ms`, or at once when `signal` says so. Passed in for the same reason. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>
export const systemWait: Wait = (ms, signal) => setTimeout(ms, undefined, { signal }).catch(() => {})

/** Whether something of `at` is younger than `ms`; what a clock that was put back since has dated into the future is not. */
export const isFresh = (at: number, now: number, ms: number): boolean => Math.abs(now - at) < ms
