import type { RemoteFile } from '../../../bridge/port/arrival.ts'
import { RemoteFailure } from '../../../bridge/port/failure.ts'
import { DeskbridgeError } from '../../../contract/errors.ts'
import type { SlackFiles } from '../arrivals/files.ts'
import type { SlackMessage } from '../message.ts'

/** What was sent along in a message and is still there. Of one that cannot be fetched, whoever acts is told. */
export const filesOf = ({ files = [] }: SlackMessage, read: SlackFiles): RemoteFile[] =>
  files.filter(({ mode }) => mode !== 'tombstone').map((file) => told(read(file)))

const told = ({ name, read }: RemoteFile): RemoteFile => ({
  name,
  async read(most) {
    try {
      return await read(most)
    } catch (error) {
      if (!(error instanceof RemoteFailure && error.failure.kind === 'refused')) throw error
      const message = `Slack does not hand out “${name}”, so nothing was sent. Send it in the console.`
      throw new DeskbridgeError('file_refused', { message, cause: error })
    }
  },
})
