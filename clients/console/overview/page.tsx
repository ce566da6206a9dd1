import { ConnectorBanner } from '../connectors/notes.tsx'
import { useFrame } from '../frame/frame.ts'
import { PageHead } from '../parts/page-head.tsx'
import { Figures } from './figures.tsx'
import { SetupSteps } from './setup-steps.tsx'
import { WidgetTag } from './widget-tag.tsx'

/** What is left to set up, and how it goes. */
export function OverviewPage() {
  const { me } = useFrame()
  return (
    <>
      <PageHead title="Overview" about={`Welcome, ${me.name}.`} />
      <ConnectorBanner />
      <Figures />
      {me.inboxes.length === 0 ? <SetupSteps /> : <OnlyTag />}
    </>
  )
}

/** Setting up the installation is not for whoever administers some inboxes. */
const OnlyTag = () => (
  <section class="card" aria-labelledby="tag">
    <header>
      <h2 id="tag">The widget on your site</h2>
      <p>Copy its tag into your pages.</p>
    </header>
    <WidgetTag />
  </section>
)
