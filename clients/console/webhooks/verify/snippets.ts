export const inJavaScript = `import { createHmac, timingSafeEqual } from 'node:crypto'

/** The event. Throws for what was not sent from there within the last five minutes. */
export function verify(secret, headers, body) {
  const id = headers['webhook-id']
  const timestamp = headers['webhook-timestamp']
  const age = Math.abs(Date.now() / 1000 - Number(timestamp))
  if (!(age <= 300)) throw new Error('too old')

  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const wanted = createHmac('sha256', key).update(\`\${id}.\${timestamp}.\`).update(body).digest()
  const isRight = String(headers['webhook-signature'])
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice('v1,'.length), 'base64'))
    .some((given) => given.length === wanted.length && timingSafeEqual(given, wanted))
  if (!isRight) throw new Error('wrong signature')
  return JSON.parse(body)
}
`

export const inPython = `import base64, hashlib, hmac, json, time

def verify(secret: str, headers: dict, body: bytes) -> dict:
    """The event. Raises for what was not sent from there within the last five minutes."""
    id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > 300:
        raise ValueError("too old")

    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{id}.{timestamp}.".encode() + body
    wanted = b"v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest())
    given = headers["webhook-signature"].encode().split(b" ")
    if not any(hmac.compare_digest(one, wanted) for one in given):
        raise ValueError("wrong signature")
    return json.loads(body)
`
