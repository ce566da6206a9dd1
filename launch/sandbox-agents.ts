import type { Plan } from './plan.ts'

/** Who answers in the tickets of the Zendesk stand-in, and in the threads of Slack's. */
const margaret = { name: 'Margaret Hamilton', email: 'margaret@example.com', role: 'supervisor', capacity: 0 }
const grace = { name: 'Grace Hopper', email: 'grace@example.com', role: 'agent', capacity: 0 }

/** Gives them accounts, so that they may act there. One that is there already stays as it is. */
export async function addSandboxAgents(plan: Plan): Promise<void> {
  if (!plan.real.zendesk) await add(plan, margaret)
  if (!plan.real.slack) await add(plan, grace)
}

async function add({ service, adminKey }: Plan, agent: typeof margaret): Promise<void> {
  const response = await fetch(`${service}/api/admin/agents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(agent),
  })
  if (!response.ok && response.status !== 409) throw new Error(`no account for ${agent.name} (${response.status})`)
}
