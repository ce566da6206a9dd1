import type { Context, MiddlewareHandler } from 'hono'

/** Smaller answers gain nothing: docs/adr/0007. Bytes. */
const worthIt = 1_024

/** Pictures and PDFs are compressed as they are. A stream's events would wait in the compressor, each for the next. */
const compressible = /^(text\/(?!event-stream)|application\/(json|javascript)|image\/svg)/

const gzipped = /^\s*gzip\s*(;|$)/i
const anything = /^\s*\*\s*(;|$)/
const never = /;\s*q=0(\.0*)?\s*(;|$)/i

export function acceptsGzip(header = ''): boolean {
  const offers = header.split(',')
  const offer = offers.find((one) => gzipped.test(one)) ?? offers.find((one) => anything.test(one))
  return offer !== undefined && !never.test(offer)
}

function canBeCompressed({ req, res }: Context): boolean {
  const { headers } = res
  return (
    req.method !== 'HEAD' &&
    res.status !== 206 &&
    !headers.has('content-encoding') &&
    !/no-transform/i.test(headers.get('cache-control') ?? '') &&
    compressible.test(headers.get('content-type') ?? '')
  )
}

/** gzip over HTTP, for answers that are long enough; one that is made piece by piece leaves piece by piece. */
export const compress: MiddlewareHandler = async (c, next) => {
  await next()
  if (!canBeCompressed(c)) return
  c.header('vary', 'accept-encoding', { append: true })
  if (!acceptsGzip(c.req.header('accept-encoding')) || !c.res.body) return
  const { status } = c.res
  const { isLong, whole } = await lookInto(c.res.body)
  const headers = new Headers(c.res.headers)
  if (isLong) {
    headers.delete('content-length')
    headers.set('content-encoding', 'gzip')
    // The same for whoever compares what it says, another in its bytes.
    const tag = headers.get('etag')
    if (tag && !tag.startsWith('W/')) headers.set('etag', `W/${tag}`)
  }
  const body = isLong ? whole.pipeThrough(new CompressionStream('gzip')) : whole
  c.res = undefined
  c.res = new Response(body, { status, headers })
}

/** Whether a body is worth it, which for most of them nobody has said. */
async function lookInto(body: ReadableStream<BufferSource>) {
  const reader = body.getReader()
  const seen: BufferSource[] = []
  let bytes = 0
  let done = false
  while (!done && bytes < worthIt) {
    const next = await reader.read()
    done = next.done
    if (next.value) {
      seen.push(next.value)
      bytes += next.value.byteLength
    }
  }
  const whole = new ReadableStream<BufferSource>({
    start(controller) {
      for (const piece of seen) controller.enqueue(piece)
      if (done) controller.close()
    },
    async pull(controller) {
      const next = await reader.read()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
  return { isLong: bytes >= worthIt, whole }
}
