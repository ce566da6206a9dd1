import type { FileBytes } from '../../../bridge/port/asked.ts'
import type { Logger } from '../../../platform/log-output.ts'
import type { SlackApi } from '../api.ts'
import { createSlackFiles, type SlackFiles } from '../arrivals/files.ts'
import { createMarks } from '../arrivals/marks.ts'
import { createPeople, type People } from '../people.ts'
import { createUploads, type Uploads } from '../posts/uploads.ts'
import { createWorkspaces, type Workspaces } from '../workspace.ts'

/** All that is of one workspace: what is asked there with its token, and what is remembered of the answers. */
export interface Installation {
  /** Null: of the configured token, whose workspace only Slack can tell. */
  team: string | null
  api: SlackApi
  workspaces: Workspaces
  people: People
  /** What people send along. */
  files: SlackFiles
  uploads: Uploads
  /** Shows at a reply whether the customer has it. */
  tellAuthor: ReturnType<typeof createMarks>
}

export interface InstallationDeps {
  apiUrl: string
  timeoutMs: number
  /** What customers send along. */
  files: FileBytes
  now(): number
  logger: Logger
}

export function createInstallation(
  { team, token, api }: { team: string | null; token: string; api: SlackApi },
  { files: sent, ...deps }: InstallationDeps,
): Installation {
  const workspaces = createWorkspaces({ ...deps, api })
  return {
    team,
    api,
    workspaces,
    people: createPeople({ ...deps, api }),
    files: createSlackFiles({ ...deps, api, token }),
    uploads: createUploads({ ...deps, api, workspaces, files: sent }),
    tellAuthor: createMarks({ ...deps, api, workspaces }),
  }
}
