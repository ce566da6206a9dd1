import type { Context } from 'hono'
import sharp from 'sharp'

/** A head and shoulders, on a colour of whoever it is. */
export async function sendFace(c: Context, who: string) {
  const hue = Array.from(who).reduce((sum, letter) => sum + letter.charCodeAt(0) * 37, 0) % 360
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="192" height="192">
    <rect width="192" height="192" fill="hsl(${hue}, 55%, 45%)"/>
    <circle cx="96" cy="76" r="34" fill="#fff"/>
    <ellipse cx="96" cy="178" rx="66" ry="58" fill="#fff"/>
  </svg>`
  const picture = await sharp(Buffer.from(svg)).png().toBuffer()
  return c.body(new Uint8Array(picture), 200, { 'content-type': 'image/png' })
}
