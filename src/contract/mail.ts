import { z } from 'zod'

/** Without `to` it goes to the address that the visitor gave. */
export const MailTranscript = z.strictObject({ to: z.email().max(320).optional() })

/** It will be sent; should it fail for good, whoever answers is told. */
export const MailAccepted = z.object({ to: z.string() })

/** What the link in an email carries. */
export const ResumeChat = z.strictObject({ token: z.string().min(1).max(2_000) })
