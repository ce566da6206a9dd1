import nock from 'nock'
import { afterEach, beforeEach } from 'vitest'

/** In every test of the file, nothing but what nock answers can be reached. */
export function withoutNetwork(): void {
  beforeEach(() => nock.disableNetConnect())
  afterEach(() => {
    nock.cleanAll()
    nock.enableNetConnect()
  })
}
