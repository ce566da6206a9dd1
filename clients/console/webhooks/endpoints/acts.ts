import { useLocation } from 'preact-iso/router'
import type { ShownEndpoint } from '../../../../src/contract/webhook.ts'
import { useFrame } from '../../frame/frame.ts'
import { asProblem } from '../../frame/problem.ts'
import { partsOf } from '../address.ts'
import type { WebhookCalls } from '../calls.ts'

/** What is done to an endpoint without a form. */
export function useEndpointActs(calls: WebhookCalls, again: () => void) {
  const { ask, tell } = useFrame()
  const { route } = useLocation()
  const refused = (error: unknown) => {
    tell(asProblem(error).message, 'problem')
    again()
  }
  return {
    turnOn: (endpoint: ShownEndpoint) =>
      calls.turnOn(endpoint).then(() => {
        tell('The endpoint is on. A replay brings what it missed.')
        again()
      }, refused),
    async remove({ id, url }: ShownEndpoint) {
      if (!(await ask(removing(url)))) return
      await calls.remove(id).then(() => {
        tell('The endpoint was removed.')
        route('/console/webhooks')
      }, refused)
    },
  }
}

const removing = (url: string) => ({
  title: `Remove ${partsOf(url).host}?`,
  text: 'It is told of nothing any more, and its deliveries and secrets are gone for good. To have it back later, turn it off instead.',
  yes: 'Remove',
  isDangerous: true,
})
