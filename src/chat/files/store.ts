/** Where the bytes of files are. Owned here; disk and S3 implement it. */
export interface FileStore {
  /** Returns when a crash can no longer lose them. The same key again replaces what is there. */
  put(key: string, bytes: Uint8Array, type: string): Promise<void>
  /** Throws `not_found`. */
  get(key: string): Promise<ReadableStream<Uint8Array>>
  /** What is not there is removed. */
  remove(key: string): Promise<void>
  /** Keys that begin with the folder. */
  list(folder: string): AsyncIterable<string>
}
