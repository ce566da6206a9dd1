import { afterAll, beforeAll, expect, it } from 'vitest'
import { aChat, type TestChat } from '../../support/chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await aChat()
})
afterAll(() => chat.close())

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

it('describes every route of the API, with a summary and its answers', async () => {
  const { body: document } = await chat.call('GET', '/api/openapi.json')
  const routes = chat
    .node()
    .routes.filter(
      ({ method, path }) => methods.includes(method) && /^\/(api|files)\//.test(path) && !path.includes('*'),
    )
    .filter(({ path }) => path !== '/api/openapi.json')
  const asked = [...new Set(routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`))].sort()
  const described = Object.entries<Record<string, { summary?: string; responses: object }>>(document.paths)
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { summary, responses }]) =>
        summary && Object.keys(responses).some((status) => status < '400') ? `${method.toUpperCase()} ${path}` : '',
      ),
    )
    .sort()
  expect(described).toEqual(asked)
})

it('tells of each route what goes in, what comes out and how it is refused', async () => {
  const { body: document } = await chat.call('GET', '/api/openapi.json')
  expect(document.paths['/api/chat/sessions/{id}/messages']).toMatchObject({
    get: {
      parameters: expect.arrayContaining([
        expect.objectContaining({ name: 'limit', in: 'query', required: false }),
        expect.objectContaining({ name: 'id', in: 'path', required: true }),
      ]),
    },
    post: {
      requestBody: { content: { 'application/json': { schema: { anyOf: [{ required: ['clientMessageId'] }, {}] } } } },
      responses: {
        201: { content: { 'application/json': { schema: { required: ['id', 'seq', 'createdAt'] } } } },
        429: {},
      },
    },
  })
})
