import type { Plan } from './plan.ts'

/** Who answers in the tickets of the Zendesk stand-in. */
const margaret = { name: 'Margaret Hamilton', email: 'margaret@example.com', role: 'supervisor', capacity: 0 }

/** Gives her an account, so that the app beside those tickets lets her in. One that is there already stays as it is. */
export async function addSandboxAgent({ service, adminKey, real }: Plan): Promise<void> {
  if (real.zendesk) return
  const response = await fetch(`${service}/api/admin/agents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(margaret),
  })
  if (!response.ok && response.status !== 409) throw new Error(`no account for ${margaret.name} (${response.status})`)
}
