import type { HandedOver } from '../../platform/handed-over.ts'

/** Addresses are bare. `id` is the same for every try of one mail, `thread` for all mails of a view. Letters and digits. */
export interface DigestMail {
  id: string
  thread: string
  fromName: string
  to: string
  subject: string
  text: string
  html: string
  attachments: readonly { name: string; contentType: string; content: string }[]
}

/** `again`: since then the same may have been posted; what is there is not posted once more. */
export interface DigestPost {
  id: string
  channel: string
  text: string
  blocks: readonly object[]
  again: Date | null
}

/** How digests leave. Null: that is not set up here. */
export interface DigestWays {
  mail: ((mail: DigestMail) => Promise<HandedOver>) | null
  slack: ((post: DigestPost) => Promise<HandedOver>) | null
}
