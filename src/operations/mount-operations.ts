import type { Hono } from 'hono'
import { type ConnectorRoutesDeps, connectorRoutes } from './connector-routes.ts'
import { type QueueRoutesDeps, queueRoutes } from './queue-routes.ts'
import { createSetup, type SetupDeps } from './setup/read-setup.ts'
import { setupRoutes } from './setup/routes.ts'
import { type StepsDeps, stepsOf } from './setup/steps.ts'

type OperationsDeps = ConnectorRoutesDeps & QueueRoutesDeps & StepsDeps & Omit<SetupDeps, 'steps'>

/** What whoever runs the installation looks at and does, under `/api/admin`. */
export const mountOperations =
  (deps: OperationsDeps) =>
  (app: Hono): void => {
    app.route('/api/admin/connectors', connectorRoutes(deps))
    app.route('/api/admin/queues', queueRoutes(deps))
    app.route('/api/admin/setup', setupRoutes({ ...deps, setup: createSetup({ ...deps, steps: stepsOf(deps) }) }))
  }
