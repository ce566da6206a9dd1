/** What somebody typed may hold what a terminal would obey. */
export const onOneLine = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ')
