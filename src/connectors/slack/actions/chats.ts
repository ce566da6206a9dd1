import type { AgentId } from '../../../contract/ids.ts'
import { channelAndTs } from '../message-ids.ts'
import type { ActionDeps } from './deps.ts'
import type { ListedChat } from './views.ts'

/** An agent's open chats, with links to their threads. */
export async function chatsOf(
  { desk, threads, workspaceOf }: Pick<ActionDeps, 'desk' | 'threads' | 'workspaceOf'>,
  by: AgentId,
): Promise<ListedChat[]> {
  return Promise.all(
    (await desk.chatsOf(by)).map(async ({ session, visitor }) => ({
      name: visitor ?? 'A visitor',
      link: await linkTo(workspaceOf, await threads.threadOf('slack', session)),
    })),
  )
}

async function linkTo(workspaceOf: ActionDeps['workspaceOf'], thread: string | null): Promise<string | null> {
  const root = thread === null ? null : channelAndTs(thread)
  if (!root) return null
  const { url } = await workspaceOf(root.channel)
  return url === null ? null : `${url}archives/${root.channel}/p${root.ts.replace('.', '')}`
}
