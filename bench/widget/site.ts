import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const words = '<p>A page of a shop, long enough to scroll, with words in it that nobody reads.</p>'.repeat(30)
const pageOf = (inside: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><body><h1>Pots</h1>${words}${inside}</body></html>`

const withWidget = (widget: string) => pageOf(`<script async src="${widget}/widget/loader.js"></script>`)

/** Its button opens a frame of another origin, as the widget's does, and nothing else. */
const withEmpty = (frame: string) =>
  pageOf(`<style>button { position: fixed; bottom: 20px; right: 20px } iframe { position: fixed; bottom: 90px; right: 20px; width: 384px; height: 600px }</style>
<button id="open">Open</button>
<script>
let frame
document.querySelector('#open').onclick = () => {
  if (frame) frame.hidden = !frame.hidden
  else {
    frame = document.createElement('iframe')
    frame.src = '${frame}' + location.search
    document.body.append(frame)
  }
  if (!frame.hidden) frame.focus()
}
</script>`)

/** A list and a line to write on. `?rows=`: how many are in the list already. */
const frame = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Empty</title>
<style>body { margin: 0; height: 100vh; display: flex; flex-direction: column } #list { flex: 1; overflow-y: auto }</style>
<div id="list"></div><div><textarea rows="1" aria-label="Text"></textarea><button id="add">Add</button></div>
<script>
const list = document.querySelector('#list')
const add = () => {
  const bubble = document.createElement('p')
  bubble.textContent = 'Good morning! I wonder when the blue pot will arrive.'
  list.append(bubble)
  list.scrollTop = list.scrollHeight
}
for (let rows = new URLSearchParams(location.search).get('rows') ?? 0; rows > 0; rows -= 1) add()
document.querySelector('#add').onclick = add
const write = () => document.querySelector('textarea').focus()
addEventListener('focus', write)
write()
</script>`

async function serving(pages: (path: string) => string): Promise<{ url: string; server: Server }> {
  const server = createServer(({ url = '/' }, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(pages(new URL(url, 'http://site').pathname))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

export interface Site {
  /** A page with the widget on it. */
  shop: string
  /** A page whose button opens a frame with nothing but a line to write on. */
  empty: string
  stop(): void
}

/** A website of another origin than the chat's. */
export async function startSite(widget: string): Promise<Site> {
  const framed = await serving(() => frame)
  const site = await serving((path) => (path === '/shop' ? withWidget(widget) : withEmpty(`${framed.url}/frame`)))
  return {
    shop: `${site.url}/shop`,
    empty: `${site.url}/empty`,
    stop() {
      for (const { server } of [framed, site]) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}
