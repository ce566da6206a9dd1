import { StyleSheet } from 'react-native'

export interface Colors {
  accent: string
  onAccent: string
  page: string
  soft: string
  text: string
  muted: string
  problem: string
}

export const light: Colors = {
  accent: '#1a4fd8',
  onAccent: '#ffffff',
  page: '#ffffff',
  soft: '#f1f4f9',
  text: '#111827',
  muted: '#566072',
  problem: '#b42318',
}

export const dark: Colors = {
  accent: '#1a4fd8',
  onAccent: '#ffffff',
  page: '#12161f',
  soft: '#1e2532',
  text: '#eef1f6',
  muted: '#a3adbd',
  problem: '#ff9a8f',
}

export const layout = StyleSheet.create({
  fill: { flex: 1 },
  notice: { padding: 12, gap: 8, alignItems: 'flex-start' },
  status: { padding: 8, textAlign: 'center', fontSize: 13 },
  hello: { padding: 24, textAlign: 'center', fontSize: 16 },
  line: { paddingHorizontal: 12, paddingVertical: 6, maxWidth: '85%' },
  own: { alignSelf: 'flex-end', alignItems: 'flex-end' },
  theirs: { alignSelf: 'flex-start', alignItems: 'flex-start' },
  system: { alignSelf: 'center', alignItems: 'center' },
  bubble: { paddingHorizontal: 12, paddingVertical: 8, borderRadius: 14 },
  body: { fontSize: 16 },
  small: { fontSize: 13 },
  picture: { width: 220, height: 160, borderRadius: 14 },
  actions: { flexDirection: 'row', gap: 16 },
  // As large as a finger.
  action: { minHeight: 44, justifyContent: 'center' },
  composer: { flexDirection: 'row', alignItems: 'flex-end', gap: 8, padding: 8 },
  input: {
    flex: 1,
    minHeight: 44,
    maxHeight: 140,
    paddingHorizontal: 12,
    paddingVertical: 10,
    borderRadius: 14,
    fontSize: 16,
  },
  button: {
    minWidth: 44,
    minHeight: 44,
    paddingHorizontal: 12,
    borderRadius: 14,
    alignItems: 'center',
    justifyContent: 'center',
  },
  stars: { flexDirection: 'row', gap: 8 },
})
