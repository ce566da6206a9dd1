import { accessModels } from './access/sign-in/collections.ts'
import { analyticsModels } from './analytics/create-analytics.ts'
import { bridgeModels } from './bridge/bridge.ts'
import { chatModels } from './chat/chat-models.ts'
import { messageProjection } from './chat/messages/project-messages.ts'
import { connectorModels } from './connectors/create-connectors.ts'
import { logModels } from './log/create-log.ts'
import { nodeModel } from './nodes/registry.ts'
import { turnModel } from './platform/periodic.ts'
import { webhookModels } from './webhooks/create-webhooks.ts'

export const models = [
  ...logModels,
  ...accessModels,
  ...chatModels,
  ...bridgeModels,
  ...connectorModels,
  ...webhookModels,
  ...analyticsModels,
  nodeModel,
  turnModel,
]

/** The one list of what is made of the log and can be made again. */
export const projections = [messageProjection]
