/** Where a page begins; a part of its route that begins with a colon is its own. */
export const addressOf = ({ route }: { route: string }): string => `/console${route.split('/:')[0]}`.replace(/\/$/, '')
