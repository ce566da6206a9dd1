import type { Call, Stage } from '../stage.ts'
import { commandsFor, createListeners } from './commands.ts'
import { style } from './style.ts'
import { createWidget } from './widget.ts'

export function start(stage: Stage): (call: Call) => void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  stage.sheets.adoptedStyleSheets.push(sheet)
  const listeners = createListeners()
  return commandsFor(createWidget(stage, listeners.emit), listeners)
}
