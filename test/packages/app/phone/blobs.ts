/** What came over the network stays below until it is read. */
const kept = new Map<string, string>()

export function keepBlob(text: string) {
  const blobId = `blob-${kept.size + 1}`
  kept.set(blobId, text)
  return { blobId, offset: 0, size: text.length }
}

export const blobModule = {
  getConstants: () => ({ BLOB_URI_SCHEME: 'blob', BLOB_URI_HOST: null }),
  addNetworkingHandler() {},
  createFromParts: (parts: readonly { data: string }[], blobId: string) =>
    void kept.set(blobId, parts.map(({ data }) => data).join('')),
  release() {},
}

export const fileReader = {
  readAsText: async ({ blobId }: { blobId: string }) => kept.get(blobId) ?? '',
}
