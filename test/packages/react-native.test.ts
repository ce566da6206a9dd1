import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, type TestChat } from '../support/chat.ts'
import { aPicture } from '../support/files.ts'
import { aProject, type Project } from './project.ts'

const root = join(import.meta.dirname, '..', '..')
const example = join(root, 'clients', 'react-native', 'example')

let project: Project
let chat: TestChat
beforeAll(async () => {
  project = await aProject({ from: 'test/packages/app', packages: ['client', 'react-native'] })
  // Its pictures come from the phone of the test, all else is as it stands there.
  await cp(join(example, 'App.tsx'), join(project.folder, 'App.tsx'))
  chat = await aChat()
})
afterAll(async () => {
  await chat?.close()
  await project?.remove()
})

/** React Native's own types pass no check; whoever writes an app skips it for all of them. */
const findings = async (config?: string) =>
  (await project.check(config)).split('\n').filter((line) => /^(?!node_modules\/(?!@deskbridge\/))\S/.test(line))

it('is typed completely, and an app that uses it', async () => {
  expect(await findings()).toEqual([])
})

it('has sources that fit them as well', async () => {
  const there = (name: string) => [join(project.folder, 'node_modules', name)]
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      types: [],
      paths: {
        'react-native': there('react-native/types_generated/index.d.ts'),
        // The same React on both sides.
        react: there('@types/react/index.d.ts'),
        'react/jsx-runtime': there('@types/react/jsx-runtime.d.ts'),
      },
    },
    include: [join(root, 'clients', 'react-native', 'index.ts')],
    exclude: [],
  }
  await writeFile(join(project.folder, 'sources.json'), JSON.stringify(config))
  expect(await findings('sources.json')).toEqual([])
})

it('is a chat on a phone: answered, left, come back to, without a network, with a picture', async () => {
  const picture = join(project.folder, 'boot.png')
  await writeFile(picture, await aPicture('png'))
  const { token } = await chat.agent('Bo')
  const env = {
    EXPO_PUBLIC_DESKBRIDGE_URL: chat.node().url,
    AGENT_TOKEN: token,
    PICTURE: pathToFileURL(picture).href,
  }
  // It ends by itself: an app that was ended holds nothing open.
  const { numPassedTests, testResults } = JSON.parse(
    await project.runWith(env, join('node_modules', '.bin', 'jest'), '--json', '--runInBand').catch(toldBy),
  )
  const failures = testResults.map(({ message }: { message: string }) => message).filter(Boolean)
  expect({ numPassedTests, failures }).toEqual({ numPassedTests: 6, failures: [] })
})

/** Of tests that fail, what they tell; else why there is nothing. */
function toldBy({ stdout, stderr }: { stdout: string; stderr: string }): string {
  if (stdout === '') throw new Error(stderr)
  return stdout
}
