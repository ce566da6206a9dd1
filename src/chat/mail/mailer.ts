/** A mail as a person will see it. Addresses are bare; nothing of a visitor's stands in a header. */
export interface Mail {
  /** The same for every try of one mail: a mailbox can drop a second copy. Letters and digits. */
  id: string
  /** The same for all mails of a chat, which stand together. Letters and digits. */
  thread: string
  fromName: string
  to: string
  subject: string
  text: string
  html: string
  attachments?: readonly { name: string; contentType: string; content: string }[]
}

/** Throws `MailFailure` and nothing else on purpose. */
export interface Mailer {
  /** Resolves once the server has taken the mail over. */
  send(mail: Mail): Promise<void>
  close(): void
}

/**
 * `refused`: this mail or its recipient, for good. `later`: the server says so. `away`: there is no server to talk to, for
 * any mail. After the last two it may have been taken all the same.
 */
export class MailFailure extends Error {
  readonly kind: 'refused' | 'later' | 'away'
  /** It is certain that the server has not taken it. */
  readonly isNotTaken: boolean

  constructor(kind: MailFailure['kind'], message: string, options: { cause?: unknown; isNotTaken?: boolean } = {}) {
    super(message, options)
    this.name = 'MailFailure'
    this.kind = kind
    this.isNotTaken = options.isNotTaken ?? kind === 'refused'
  }
}
