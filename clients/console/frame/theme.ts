import type { Storage } from '../../core/platform/storage.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const storageKey = 'deskbridge:theme'

export const readTheme = (storage: Storage): Theme =>
  themes.find((theme) => theme === storage.getItem(storageKey)) ?? 'system'

export function applyTheme(theme: Theme, storage: Storage): void {
  storage.setItem(storageKey, theme)
  document.documentElement.dataset.theme = theme
}
