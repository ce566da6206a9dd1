import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'
import { aPdf } from '../../support/files.ts'

const guide = join(import.meta.dirname, '..', '..', '..', 'docs', 'api.md')

let chat: TestChat
let folder: string
beforeAll(async () => {
  chat = await aChat()
  folder = await mkdtemp(join(tmpdir(), 'guide-'))
  await writeFile(join(folder, 'invoice.pdf'), aPdf())
  await chat.agent('Bo', { email: 'bo@example.com' })
})
afterAll(async () => {
  await chat.close()
  await rm(folder, { recursive: true })
})

/** The commands of the guide, each with the answer that it shows, if it shows one. */
async function examples() {
  const blocks = [...(await readFile(guide, 'utf8')).matchAll(/^```(sh|json)\n([^`]*)^```$/gm)]
  return blocks.flatMap(([, kind, command = ''], index) => {
    const [, nextKind, shown = ''] = blocks[index + 1] ?? []
    return kind === 'sh' ? [{ command, shown: nextKind === 'json' ? JSON.parse(shown) : null }] : []
  })
}

/** By which name the guide goes on with what an answer holds. */
const kept = { key: 'KEY', sessionId: 'SESSION', fileId: 'FILE' } as const

const run = promisify(execFile)
async function answerTo(command: string, variables: Record<string, string>) {
  const env = {
    PATH: process.env.PATH ?? '',
    DESKBRIDGE: chat.node().url,
    DESKBRIDGE_ADMIN_KEY: adminKey,
    ...variables,
  }
  const { stdout } = await run('bash', ['-c', command.replaceAll(/^curl /gm, 'curl -sS ')], { cwd: folder, env })
  return JSON.parse(stdout)
}

/** What is there, and of which kind. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shapeOf(part)]))
}

it('works as the guide says, from the first example to the last', async () => {
  const variables: Record<string, string> = {}
  const found: { answer: unknown; shown: unknown }[] = []
  for (const { command, shown } of await examples()) {
    const answer = await answerTo(command, variables)
    for (const [field, name] of Object.entries(kept)) if (answer[field]) variables[name] ??= answer[field]
    found.push({ answer: 'error' in answer ? answer : shapeOf(shown && answer), shown: shapeOf(shown) })
  }
  const said = (await chat.events(variables.SESSION ?? '')).flatMap(({ type, actor, body }) =>
    type === 'message' ? [[actor.kind, 'content' in body && body.content]] : [],
  )
  expect({ found: found.map(({ answer }) => answer), said }).toEqual({
    found: found.map(({ shown }) => shown),
    said: [
      ['visitor', 'Where is my order?'],
      ['bot', 'It was sent yesterday.'],
      ['bot', 'Third question about this order'],
      ['agent', 'It will be there tomorrow.'],
      ['bot', ''],
    ],
  })
})
