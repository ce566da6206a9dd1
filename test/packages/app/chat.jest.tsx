/** @jsxImportSource react */
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { act, cleanup, configure, render, screen, userEvent, waitFor } from '@testing-library/react-native'
import App from './App'
import { anAgent } from './agent'
import { appGoes } from './phone/app-state'
import { findNetwork, linesOpen, loseNetwork } from './phone/line'
import { nativeFetch } from './phone/network'
import { forgetAll } from './phone/storage'
import { choose } from './pick-image'

configure({ asyncUtilTimeout: 60_000 })

const { EXPO_PUBLIC_DESKBRIDGE_URL: url = '', AGENT_TOKEN: token = '', PICTURE: picture = '' } = process.env
const lost = 'No connection. Trying again…'

let agent: Awaited<ReturnType<typeof anAgent>>
// What comes over the network is rendered when it comes, as on a phone.
beforeAll(() => void Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false }))
beforeEach(async () => {
  forgetAll()
  findNetwork()
  agent = await anAgent(url, token)
})
afterEach(endApp)

/** Nothing of it is left behind then. */
async function endApp() {
  await cleanup()
  await waitFor(() => expect(linesOpen()).toBe(0))
}

const user = userEvent.setup()

const say = async (text: string) => {
  await user.type(await screen.findByLabelText('Your message'), text)
  await user.press(screen.getByRole('button', { name: 'Send' }))
}

/** A chat in which both have said something. */
async function aTalk() {
  await render(<App />)
  await say('Hello')
  await agent.says('Hello Ana')
  await screen.findByText('Hello Ana')
}

const toBackground = async () => {
  await act(() => appGoes('background'))
  await waitFor(() => expect(linesOpen()).toBe(0))
}

it('sends what is written and shows the answer', async () => {
  await aTalk()
  await screen.findByText(/ · Sent$/)
  expect(await agent.reads()).toEqual(['Hello'])
})

it('goes on with the chat when the app is started again', async () => {
  await aTalk()
  await endApp()
  await render(<App />)
  await screen.findByText('Hello Ana')
  await say('It is still me')
  await waitFor(async () => expect(await agent.reads()).toEqual(['Hello', 'It is still me']))
})

it('leaves the line in the background, and shows in front what came meanwhile', async () => {
  await aTalk()
  await toBackground()
  await screen.findByText(lost)
  await agent.says('While you were away')
  expect(screen.queryByText('While you were away')).toBeNull()
  await act(() => appGoes('active'))
  await screen.findByText('While you were away')
  expect(screen.queryByText(lost)).toBeNull()
})

it('sends once, in front again, what was written without a network', async () => {
  await aTalk()
  await act(loseNetwork)
  await screen.findByText(lost)
  await say('In a tunnel')
  await screen.findByText('Sending…')
  await toBackground()
  findNetwork()
  await act(() => appGoes('active'))
  await waitFor(() => expect(screen.queryByText('Sending…')).toBeNull())
  await agent.says('There you are')
  await screen.findByText('There you are')
  expect({ shown: screen.getAllByText('In a tunnel').length, read: await agent.reads() }).toEqual({
    shown: 1,
    read: ['Hello', 'In a tunnel'],
  })
})

it('sends, started again, what it was ended with', async () => {
  await aTalk()
  await act(loseNetwork)
  await say('In a tunnel')
  await screen.findByText('Sending…')
  await endApp()
  findNetwork()
  await render(<App />)
  await waitFor(async () => expect(await agent.reads()).toEqual(['Hello', 'In a tunnel']))
})

it('sends and shows the picture that was chosen, and nothing where none was', async () => {
  await aTalk()
  choose(null)
  await user.press(screen.getByRole('button', { name: 'Attach a file' }))
  choose({ uri: picture, name: 'Ana’s boot.png', type: 'image/png' })
  await user.press(screen.getByRole('button', { name: 'Attach a file' }))
  const link = await screen.findByRole('link', { name: /^Ana’s boot\.png \(/ })
  const [image] = link.queryAll(({ type }) => type === 'Image')
  // The service that is tested knows its address by another name.
  const shown = await nativeFetch(String(image?.props.source.uri).replace('https://chat.example', url))
  expect({ status: shown.status, type: shown.headers.get('content-type'), read: await agent.reads() }).toEqual({
    status: 200,
    type: expect.stringMatching(/^image\//),
    read: ['Hello', 'Ana’s boot.png'],
  })
})
