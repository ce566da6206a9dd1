/** An empty text takes a setting away: what it stands for is chosen elsewhere then. */
export function withOptional<T extends object, K extends keyof T>(settings: T, name: K, value: T[K] | ''): T {
  const next = { ...settings }
  if (value === '') delete next[name]
  else next[name] = value
  return next
}

export const orNull = (text: string): string | null => (text.trim() === '' ? null : text)
