import type { SetupStep } from '../../contract/setup.ts'
import type { Finding } from '../../platform/finding.ts'

/** One step of setting up, and how it is found out how far it is. */
export interface Step extends Pick<SetupStep, 'id' | 'title' | 'isOptional'> {
  look(): Promise<Seen>
}

export type Seen = Pick<SetupStep, 'state' | 'found' | 'next'> & { findings?: readonly Finding[] }

export const done = (found: string): Seen => ({ state: 'done', found, next: null })
export const toDo = (found: string, next: string): Seen => ({ state: 'todo', found, next })
export const failing = (found: string, next: string): Seen => ({ state: 'failing', found, next })
export const unknown = (found: string, next: string): Seen => ({ state: 'unknown', found, next })
