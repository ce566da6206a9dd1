/** Into the browser's downloads. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then, and holds on to what it needs.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
