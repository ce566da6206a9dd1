/** What a site includes. */
export const snippetOf = (origin: string, inbox: string): string =>
  `<script async src="${origin}/widget/loader.js" data-inbox="${inbox.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></script>`
