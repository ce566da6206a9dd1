import type { ComponentChildren } from 'preact'
import { DeskProvider } from '../chats/desk/use-desk.tsx'
import { ConnectorStanding } from '../connectors/standing.tsx'
import { type Frame, FrameContext } from './frame.ts'

/** What the navigation and every page can ask for. */
export const Around = ({ frame, children }: { frame: Frame; children: ComponentChildren }) => (
  <FrameContext.Provider value={frame}>
    <ConnectorStanding>
      <DeskProvider>{children}</DeskProvider>
    </ConnectorStanding>
  </FrameContext.Provider>
)
