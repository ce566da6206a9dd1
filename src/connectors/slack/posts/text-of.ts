import { escapeText } from '../words/text.ts'
import type { Post } from './body.ts'

/** Where Slack shows no name above it, the name begins the text. */
export const textOf = ({ author, text }: Pick<Post, 'author' | 'text'>, named: boolean): string =>
  author && !named ? `*${escapeText(author.name)}*\n${text}` : text
