import type { AgentId } from '../../../contract/ids.ts'
import { channelAndTs } from '../message-ids.ts'
import type { ActionDeps } from './deps.ts'
import type { ListedChat } from './views.ts'

/** An agent's open chats, with links to their threads. */
export async function chatsOf(
  { desk, threads, workspaces }: Pick<ActionDeps, 'desk' | 'threads' | 'workspaces'>,
  by: AgentId,
): Promise<ListedChat[]> {
  const [chats, { url }] = await Promise.all([desk.chatsOf(by), workspaces.current()])
  return Promise.all(
    chats.map(async ({ session, visitor }) => ({
      name: visitor ?? 'A visitor',
      link: linkTo(url, await threads.threadOf('slack', session)),
    })),
  )
}

function linkTo(workspace: string | null, thread: string | null): string | null {
  const root = thread === null ? null : channelAndTs(thread)
  return root && workspace !== null ? `${workspace}archives/${root.channel}/p${root.ts.replace('.', '')}` : null
}
