import { type Finding, ok, problem, warning } from './finding.ts'

const ownMachine = /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/

/** Whether a remote, by its name, can call the address that it is told. */
export function reachOf(remote: string, publicUrl: string): Finding {
  const { protocol, host } = new URL(publicUrl)
  if (ownMachine.test(host))
    return problem(
      `${remote} cannot reach ${publicUrl}`,
      'Set PUBLIC_URL to the address under which the internet reaches the service.',
    )
  if (protocol !== 'https:')
    return warning(`${remote} reaches ${publicUrl} without encryption`, 'Set PUBLIC_URL to an https address.')
  return ok(`${remote} is told to call ${publicUrl}`)
}
