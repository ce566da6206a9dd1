const tabs = [
  ['/console/webhooks', 'Endpoints'],
  ['/console/webhooks/events', 'Events'],
  ['/console/webhooks/verify', 'Verify a call'],
] as const

export type TabName = (typeof tabs)[number][1]

/** What there is about webhooks besides one endpoint. */
export const Tabs = ({ here }: { here: TabName }) => (
  <nav class="tabs" aria-label="Webhooks">
    {tabs.map(([href, name]) => (
      <a key={href} href={href} aria-current={name === here ? 'page' : undefined}>
        {name}
      </a>
    ))}
  </nav>
)
