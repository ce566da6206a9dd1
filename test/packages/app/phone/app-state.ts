import { listened, tell } from './tell'

export const appState = {
  ...listened,
  getConstants: () => ({ initialAppState: 'active' }),
  getCurrentAppState: (answer: (state: { app_state: string }) => void) => answer({ app_state: 'active' }),
}

/** The visitor leaves the app, and comes back to it. */
export const appGoes = (to: 'background' | 'active') => tell('appStateDidChange', { app_state: to })
