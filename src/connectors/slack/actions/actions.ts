import { buttonActions } from './buttons.ts'
import { commandActions } from './command.ts'
import type { ActionDeps } from './deps.ts'
import type { Actions } from './handlers.ts'
import { choices, submissions, suggestions } from './modals.ts'
import { shortcutActions } from './shortcuts.ts'

export const createActions = (deps: ActionDeps): Actions => ({
  clicks: { ...buttonActions(deps), ...choices(deps) },
  shortcuts: shortcutActions(deps),
  submissions: submissions(deps),
  suggestions: suggestions(deps),
  commands: commandActions(deps),
})
