import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { SignedInAgent } from '../../../src/contract/sign-in.ts'
import type { Storage } from '../../core/platform/storage.ts'
import type { Account } from './account.ts'
import type { Api } from './api.ts'
import type { PageKey } from './page-key.ts'
import type { SessionTokens } from './session-tokens.ts'

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
  /** Where the service is. */
  url: string
  api: Api
  tokens: SessionTokens
  account: Account
  me: SignedInAgent
  /** What the browser keeps. */
  storage: Storage
  /** Says in passing that something was done, or was not. */
  tell(text: string, kind?: 'done' | 'problem'): void
  ask(question: Question): Promise<boolean>
  /** While somebody has changed something here and not saved it, leaving is asked about. */
  setUnsaved(isUnsaved: boolean): void
  /** The keys of the page that is open, for the keyboard and for the help. */
  setKeys(keys: readonly PageKey[]): void
}

export const FrameContext = createContext<Frame | null>(null)

export function useFrame(): Frame {
  const frame = useContext(FrameContext)
  if (!frame) throw new Error('a page stands outside of the frame')
  return frame
}
