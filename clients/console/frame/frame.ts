import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { SignedInAgent } from '../../../src/contract/sign-in.ts'
import type { Account } from './account.ts'
import type { Api } from './api.ts'

/** Asked before something that cannot be undone. */
export interface Question {
  title: string
  text: string
  /** The verb on the button. */
  yes: string
  no?: string
  isDangerous?: boolean
}

/** What every page has around it. */
export interface Frame {
  api: Api
  account: Account
  me: SignedInAgent
  /** Says in passing that something was done, or was not. */
  tell(text: string, kind?: 'done' | 'problem'): void
  ask(question: Question): Promise<boolean>
  /** While somebody has changed something here and not saved it, leaving is asked about. */
  setUnsaved(isUnsaved: boolean): void
}

export const FrameContext = createContext<Frame | null>(null)

export function useFrame(): Frame {
  const frame = useContext(FrameContext)
  if (!frame) throw new Error('a page stands outside of the frame')
  return frame
}
