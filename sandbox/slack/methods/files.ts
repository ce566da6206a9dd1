import { z } from 'zod'
import { documented } from '../../fixtures/load.ts'
import type { Files } from '../files.ts'
import { type Methods, refuse, text, tier } from './method.ts'

/** `files.…` */
export const fileMethods = (files: Files): Methods => ({
  'files.info': {
    window: tier(100),
    run(args) {
      const { file } = z.object({ file: text }).parse(args)
      return documented('slack/files.info', { file: files.get(file)?.body ?? refuse('file_not_found') })
    },
  },
})
