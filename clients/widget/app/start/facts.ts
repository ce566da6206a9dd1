import type { Facts } from '../../../core/client.ts'

/** What the server takes for one. */
const email = /^(?:[\w'+-]+\.)*[\w'+-]*[\w+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/
export const looksLikeEmail = (text: string): boolean => email.test(text) && text.length <= 320

const text = (value: unknown, most: number): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, most) : undefined

const fitting = (value: string | undefined, fits: (value: string) => boolean) =>
  value !== undefined && fits(value) ? value : undefined

/** What a site says of its visitor, as far as the server takes it: one wrong value must not keep the chat from beginning. */
export function factsIn(said: unknown): Facts {
  const { name, email: address, phone, attributes } = Object(said)
  const known = {
    name: text(name, 200),
    email: fitting(text(address, 320), looksLikeEmail),
    phone: fitting(text(phone, 40), (value) => /^[0-9+][0-9 ()./-]{2,39}$/.test(value)),
  }
  const kept = Object.entries(Object(attributes)).flatMap(([key, value]) => {
    const fits = /^[A-Za-z0-9_]{1,64}$/.test(key)
    const simple = typeof value === 'number' ? Number.isFinite(value) : typeof value === 'boolean'
    return fits && (simple || typeof value === 'string') ? [[key, cut(value)] as const] : []
  })
  return {
    ...(known.name !== undefined && { name: known.name }),
    ...(known.email !== undefined && { email: known.email }),
    ...(known.phone !== undefined && { phone: known.phone }),
    ...(kept.length > 0 && { attributes: Object.fromEntries(kept.slice(0, 50)) }),
  }
}

const cut = (value: unknown): string | number | boolean =>
  typeof value === 'number' || typeof value === 'boolean' ? value : String(value).slice(0, 1_000)

/** What a token of the site's backend says, unproven here: the server looks at its signature. */
export function factsInToken(token: string): Facts {
  try {
    const [, payload = ''] = token.split('.')
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
    return factsIn(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return {}
  }
}

/** What is said later counts. */
export const together = (before: Facts, after: Facts): Facts => ({
  ...before,
  ...after,
  ...((before.attributes || after.attributes) && { attributes: { ...before.attributes, ...after.attributes } }),
})
