import type { Times } from '../../platform/settings.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { ChatPart } from '../part.ts'
import { type EraseDeps, goOnErasing } from './erase-chat.ts'
import { eraseOldChats } from './erase-old-chats.ts'
import { type PrivacyRoutesDeps, privacyRoutes } from './routes.ts'

type Deps = PrivacyRoutesDeps & Omit<EraseDeps, 'everyMs'> & { inboxes: Inboxes }

/** Export, erasure and retention. */
export const privacyPart = (deps: Deps, times: Pick<Times, 'sweepPrivacy' | 'sweepRetention'>): ChatPart => ({
  mount: (app) => app.route('/api/admin/privacy', privacyRoutes(deps)),
  sweeps: [
    {
      name: 'erasures',
      everyMs: times.sweepPrivacy,
      run: () => goOnErasing({ ...deps, everyMs: times.sweepPrivacy }),
    },
    { name: 'retention', everyMs: times.sweepRetention, run: () => eraseOldChats(deps) },
  ],
})
