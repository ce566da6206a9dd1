import { createContext, useContext } from 'react'
import { en, type Say, sayIn } from '../../react/chat/texts.ts'
import { type Colors, light } from './look.ts'

interface Look {
  say: Say
  colors: Colors
}

const Context = createContext<Look>({ say: sayIn(en), colors: light })
export const WithLook = Context.Provider
export const useLook = (): Look => useContext(Context)
