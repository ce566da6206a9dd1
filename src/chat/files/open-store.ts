import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { FilesConfig, S3Config } from '../../platform/settings.ts'
import type { FileStore } from './store.ts'

/** A bucket where one is configured, else the local disk. */
export const openFileStore = ({ s3, folder }: Pick<FilesConfig, 's3' | 'folder'>): Promise<FileStore> =>
  s3 ? openS3Store(s3) : Promise.resolve(openDiskStore(folder))

/** Files under a folder, which all processes of the service must see. */
export function openDiskStore(folder: string): FileStore {
  const disk = new Disk(new FSDriver({ location: folder, visibility: 'private' }))
  return storeOn(disk, async (key) => {
    const file = await open(join(folder, key))
    await file.sync().finally(() => file.close())
  })
}

/** Anything that speaks S3. Its SDK is large: loaded only where it is used. */
export async function openS3Store(config: S3Config): Promise<FileStore> {
  const { S3Driver } = await import('flydrive/drivers/s3')
  const { bucket, region, endpoint, accessKeyId, secretAccessKey } = config
  const driver = new S3Driver({
    bucket,
    region,
    visibility: 'private',
    // Buckets that know no access lists refuse requests that name one.
    supportsACL: false,
    // Others than Amazon do not all know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
  })
  return storeOn(new Disk(driver), async () => {})
}

function storeOn(disk: Disk, written: (key: string) => Promise<void>): FileStore {
  return {
    put: (key, bytes, contentType) =>
      orUnavailable(async () => {
        await disk.put(key, bytes, { contentType, contentLength: bytes.byteLength })
        await written(key)
      }),
    get: (key) =>
      orUnavailable(async () => {
        if (!(await disk.exists(key))) throw new DeskbridgeError('not_found')
        return webStream(await disk.getStream(key))
      }),
    remove: (key) => orUnavailable(() => disk.delete(key)),
    async *list(folder) {
      let next: string | undefined
      do {
        const from = next
        const page = await orUnavailable(() =>
          disk.listAll(`${folder}/`, { recursive: true, ...(from && { paginationToken: from }) }),
        )
        for (const file of page.objects) if (file.isFile && file.key.startsWith(`${folder}/`)) yield file.key
        next = page.paginationToken
      } while (next)
    },
  }
}

/** The same stream by another name: Node's types and the browser's do not know of each other. */
const webStream = (stream: Readable): ReadableStream<Uint8Array> =>
  Readable.toWeb(stream) as NodeStream<Uint8Array> as ReadableStream<Uint8Array>

async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw cause instanceof DeskbridgeError ? cause : new DeskbridgeError('unavailable', { cause })
  }
}
