/** What `challenge_required` says of the challenge. */
export interface Asking {
  siteKey: string
  scriptUrl: string
}

interface ChallengeApi {
  render(box: HTMLElement, options: { sitekey: string; callback(answer: string): void }): unknown
}

/** Turnstile, hCaptcha and reCAPTCHA are asked alike. */
const names = ['turnstile', 'hcaptcha', 'grecaptcha']

const canRender = (api: unknown): api is ChallengeApi => typeof Object(api).render === 'function'
const apiIn = (page: object): unknown => names.map((name) => Reflect.get(page, name)).find(Boolean)

const loadScript = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = url
    script.onload = () => resolve()
    script.onerror = () => {
      script.remove()
      reject(new Error(`${url} did not load`))
    }
    document.head.append(script)
  })

/** Loads the challenge, once a page, and shows it in `box`. Rejects where it cannot be had. */
export async function showChallenge(
  box: HTMLElement,
  { siteKey, scriptUrl }: Asking,
  callback: (answer: string) => void,
) {
  if (!apiIn(window)) await loadScript(scriptUrl)
  const api = apiIn(window)
  // reCAPTCHA is here before what it renders with.
  if (!canRender(api)) await new Promise<void>((resolve) => Object(api).ready(resolve))
  if (!canRender(api)) throw new Error(`${scriptUrl} shows nothing`)
  const inside = document.createElement('div')
  box.replaceChildren(inside)
  api.render(inside, { sitekey: siteKey, callback })
}
