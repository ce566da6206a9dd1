import { toLocal } from '../local-time.ts'

export const aDayAgo = (now: number): string => toLocal(new Date(now - 86_400_000).toISOString())
