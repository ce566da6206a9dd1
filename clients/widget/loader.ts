import { element } from './loader/elements.ts'
import { openChatIn } from './loader/labels.ts'
import { createLauncher } from './loader/launcher.ts'
import { isRemembered } from './loader/remembered.ts'
import { style } from './loader/style.ts'
import type { Call, Host, Stage } from './stage.ts'

/** `Deskbridge('open')` and so on: docs/widget.md. `q`: what was called before the loader was here. */
type Api = ((...call: unknown[]) => void) & { q?: Call[]; isHere?: true }

declare global {
  interface Window {
    Deskbridge?: Api
  }
}

const script = document.currentScript
const { dataset, src } = script instanceof HTMLScriptElement ? script : element('script')
const base = new URL('.', src).href
const inbox = dataset.inbox ?? 'default'
const isToWake = (name: unknown) => name === 'open' || name === 'toggle' || name === 'greet'

let { language } = dataset
let isHidden = false
let stage: Stage | undefined
let begun: Promise<unknown> | undefined
let waking: Promise<unknown> | undefined
/** Until `host.js` is here, calls wait for it. */
const waiting: Call[] = []
let run = (call: Call): void => void waiting.push(call)

function mount(shown: Stage['shown']): void {
  const host = element('div')
  const sheets = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  const launcher = createLauncher(shown.look ?? {})
  sheet.replaceSync(style)
  sheets.adoptedStyleSheets = [sheet]
  sheets.append(launcher.wrapper)
  host.id = 'deskbridge'
  launcher.show(false)
  launcher.label(openChatIn(language))
  launcher.button.hidden = isHidden
  launcher.button.onclick = () => Deskbridge('open')
  launcher.button.onpointerenter = wake
  // Beside the body, which some sites take away and make anew.
  document.documentElement.append(host)
  stage = { base, inbox, language, saysInTitle: dataset.title !== 'off', launcher, host, sheets, shown }
  const { proactiveAfter } = shown.look ?? {}
  if (isRemembered('chat', inbox) || waiting.some((call) => isToWake(call[0]))) void wake()
  else if (proactiveAfter != null && !isRemembered('greeted', inbox))
    setTimeout(Deskbridge, proactiveAfter * 1_000, 'greet')
}

/** Of an inbox that is not there, or not for this site, nothing is shown. */
async function ask(): Promise<void> {
  const response = await fetch(`${base}../api/chat/inboxes/${inbox}`).catch(() => null)
  if (response?.ok) mount(await response.json())
  else if (!response || response.status >= 500 || isRemembered('chat', inbox)) mount({})
  else console.warn(`Deskbridge: ${response.status}`)
}
const begin = () => (begun ??= ask())

const wake = () =>
  (waking ??= import(`${base}host.js`).then(
    ({ start }: Host) => {
      if (!stage) return
      run = start(stage)
      for (const call of waiting) run(call)
    },
    // It did not come; who clicks again tries again.
    () => (waking = undefined),
  ))

const Deskbridge: Api = (...call) => {
  const [name, value] = call
  if (name === 'hide' || name === 'show' || name === 'shutdown') isHidden = name !== 'show'
  if (name === 'language') language = `${value}`
  run(call)
  if (stage) {
    stage.launcher.button.hidden = isHidden
    if (isToWake(name)) void wake()
    if (!waking) stage.launcher.label(openChatIn(language))
  } else if (isToWake(name)) void begin()
}

const early = window.Deskbridge
// A site that is one page may put the tag in once more.
if (!early?.isHere) {
  Deskbridge.isHere = true
  window.Deskbridge = Deskbridge
  for (const call of early?.q ?? []) Deskbridge(...Array.from(call))
  // A page that is never idle has a button all the same.
  const whenIdle = () =>
    'requestIdleCallback' in window ? requestIdleCallback(begin, { timeout: 4_000 }) : setTimeout(begin)
  if (document.readyState === 'complete') whenIdle()
  else addEventListener('load', whenIdle)
}
