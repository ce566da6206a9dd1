const paths = {
  home: 'M3 10.5 12 3l9 7.5V20a1 1 0 0 1-1 1h-5v-6H9v6H4a1 1 0 0 1-1-1z',
  inbox: 'M3 13h5l1.5 3h5L16 13h5M3 13l3-8h12l3 8v6a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1z',
  people:
    'M16 20v-1.5a3.5 3.5 0 0 0-3.5-3.5h-5A3.5 3.5 0 0 0 4 18.5V20M10 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M20 20v-1.5a3.5 3.5 0 0 0-2.6-3.4M15 4.2a3.5 3.5 0 0 1 0 6.6',
  user: 'M5 20v-1.5A4.5 4.5 0 0 1 9.5 14h5a4.5 4.5 0 0 1 4.5 4.5V20M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8',
  reply: 'M4 5h16v11H9l-5 4zM8 9h8M8 12h5',
  chat: 'M4 5h12v9H9l-4 3.5V14H4zM19 9h1v8h-1v3l-3.5-3H11',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3.5 2',
  bell: 'M6 10a6 6 0 0 1 12 0c0 6 2 7 2 7H4s2-1 2-7M10 20.5h4',
  bellOff: 'M6 10a6 6 0 0 1 10-4.5M18 10c0 6 2 7 2 7H8M10 20.5h4M4 4l16 16',
  back: 'M15 6l-6 6 6 6',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6',
  key: 'M14.5 3a6.5 6.5 0 1 1-5.6 9.8L3 18.7V21h3v-2h2v-2h2l1.2-1.2M16 8h.01',
  history: 'M4 12a8 8 0 1 0 2.6-5.9L4 8.5M4 4v4.5h4.5M12 8v4.5l3 2',
  hook: 'M8 15a4 4 0 1 0 4 4h6a2 2 0 1 0 0-4M12 5a4 4 0 0 0-3.4 6.1L6 15.5M12 5a4 4 0 0 1 4 4c0 .5-.1 1-.3 1.4l2.3 4.1',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
  chart: 'M4 4v16h16M8.5 16v-4M13 16V8M17.5 16v-6',
  download: 'M12 4v11M7 10.5l5 4.5 5-4.5M5 20h14',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 11v5.5M12 7.8h.01',
  send: 'M4 6h16v12H4zM4 7l8 6.5L20 7',
  bookmark: 'M7 4h10v16l-5-4-5 4z',
  queue: 'M4 6h16M4 12h16M4 18h10',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M20 20l-4-4',
  plus: 'M12 5v14M5 12h14',
  cross: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.5 10 17 19 7.5',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  next: 'M9 6l6 6-6 6',
  warn: 'M12 4 2.5 20h19zM12 10v4M12 17h.01',
  out: 'M15 4h4a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-4M10 16l-4-4 4-4M6 12h9',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 1 1 9.5 4 6.5 6.5 0 0 0 20 14.5z',
  screen: 'M3 5h18v11H3zM9 20h6M12 16v4',
  keyboard: 'M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M18 10h.01M8 14h8',
} as const

export type IconName = keyof typeof paths

/** A picture beside a word, which says the same. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
)

export const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="8" />
    <path d="M8 21.5V13a4 4 0 0 1 4-4h8a4 4 0 0 1 4 4v2.5a4 4 0 0 1-4 4h-6.5z" />
  </svg>
)
