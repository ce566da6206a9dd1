/** A picture that the visitor has chosen. `uri`: where it lies on the device; `type`: such as `image/jpeg`. */
export interface PickedImage {
  uri: string
  name: string
  type: string
}

/** React Native's FormData takes a file by its address and reads it while it is sent. */
export const asFile = (picked: PickedImage): Blob => picked as unknown as Blob

export const uriOf = (file: Blob): string | null => ('uri' in file && typeof file.uri === 'string' ? file.uri : null)
