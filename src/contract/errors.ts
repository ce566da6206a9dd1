/** Every code that leaves the system, with the HTTP status it travels under and what its reader can do. */
export const errorTable = {
  invalid_json: { status: 400, message: 'The body is not valid JSON.' },
  invalid_input: { status: 400, message: 'A field is missing or has the wrong form; see details.' },
  message_too_long: { status: 413, message: 'The message is longer than is allowed here; send it in parts.' },
  body_too_large: { status: 413, message: 'The request body is too large.' },
  unauthorized: { status: 401, message: 'The token or key is missing, unknown or expired.' },
  wrong_signature: { status: 401, message: 'The signature does not match the body, or its time is too far off.' },
  sign_in_failed: { status: 401, message: 'The email or the password is not right, or the account is not active.' },
  wrong_password: { status: 403, message: 'The current password is not right.' },
  invitation_invalid: { status: 410, message: 'This invitation was used, has expired or never was; ask for another.' },
  install_link_invalid: { status: 410, message: 'This address was used, has expired or was not made here.' },
  install_cancelled: { status: 403, message: 'The installation was cancelled; nothing was changed.' },
  install_not_supported: { status: 422, message: 'The app cannot be installed like this; see details.' },
  slack_refused: { status: 409, message: 'Slack refused that; see details for its own code.' },
  slack_not_configured: {
    status: 409,
    message: 'Slack is not set up for installing; set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET first.',
  },
  forbidden: { status: 403, message: 'This token may not do that.' },
  not_found: { status: 404, message: 'There is no such thing here, or this token may not see it.' },
  key_conflict: { status: 409, message: 'This id was used before for other content; choose a new one.' },
  in_progress: { status: 409, message: 'The first request with this idempotency key is still under way.' },
  outcome_unknown: {
    status: 409,
    message: 'The first request with this idempotency key ended without an answer; look whether it was done.',
  },
  already_exists: { status: 409, message: 'That exists already.' },
  version_conflict: { status: 409, message: 'Somebody changed this meanwhile; read it again, then decide.' },
  too_many: { status: 409, message: 'There are as many of these as is allowed; delete some first.' },
  session_closed: { status: 409, message: 'This chat is closed; start a new one.' },
  message_deleted: { status: 409, message: 'This message was deleted before.' },
  already_rated: { status: 409, message: 'This chat was rated before.' },
  not_closed: { status: 409, message: 'A chat can be rated once it is closed.' },
  server_full: { status: 503, message: 'This server has as many connections as it takes; try again shortly.' },
  not_joined: { status: 409, message: 'Join the chat before acting in it.' },
  unknown_event: { status: 400, message: 'There is no socket event of this name.' },
  agent_inactive: { status: 409, message: 'This agent was deactivated; activate them first.' },
  agent_full: { status: 409, message: 'This agent has as many chats as their capacity allows.' },
  agent_offline: { status: 409, message: 'This agent is offline.' },
  not_assigned: { status: 409, message: 'This chat is not with that agent.' },
  already_assigned: { status: 409, message: 'Another agent has this chat; ask them to transfer it.' },
  file_too_large: { status: 413, message: 'The file is larger than is allowed here.' },
  file_type_not_allowed: { status: 415, message: 'Files of this kind are not taken; see details for those that are.' },
  file_refused: { status: 422, message: 'The file was refused: it is damaged, or the virus scanner found something.' },
  link_expired: { status: 410, message: 'This link is over; ask the chat for a fresh one.' },
  blocked: { status: 403, message: 'New chats and messages are not taken from here.' },
  challenge_required: { status: 403, message: 'Solve the challenge and send its answer along.' },
  identity_required: { status: 401, message: 'This inbox takes visitors only with a token of the site’s own backend.' },
  identity_invalid: {
    status: 401,
    message: 'The identity token is expired, signed with an unknown key, or not for us.',
  },
  endpoint_off: { status: 409, message: 'This endpoint is off; turn it on first.' },
  connector_paused: { status: 409, message: 'An administrator has paused this connector; resume it first.' },
  zendesk_not_configured: { status: 409, message: 'Zendesk is not connected; set its variables first.' },
  mail_not_configured: { status: 409, message: 'No mail server is configured; set the mail settings first.' },
  no_digest: { status: 409, message: 'This view is sent to nobody; say first where to, and when.' },
  not_answered: { status: 409, message: 'A transcript can be sent once somebody of the team has answered.' },
  no_address: { status: 409, message: 'There is no email address to send this to.' },
  rate_limited: { status: 429, message: 'Too many requests; wait as long as retryAfterMs says.' },
  unavailable: { status: 503, message: 'The service cannot do that right now; send the same request again.' },
  internal: { status: 500, message: 'Something went wrong here; the log has the details.' },
} as const

export type ErrorCode = keyof typeof errorTable

/** The body of every error answer: HTTP as `{error}`, socket acks as `{ok: false, error}`. */
export interface ErrorBody {
  code: ErrorCode
  message: string
  details?: unknown
  retryAfterMs?: number
}

export class DeskbridgeError extends Error {
  readonly code: ErrorCode
  readonly details: unknown
  readonly retryAfterMs: number | undefined

  constructor(
    code: ErrorCode,
    options: { message?: string; details?: unknown; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(options.message ?? errorTable[code].message, { cause: options.cause })
    this.name = 'DeskbridgeError'
    this.code = code
    this.details = options.details
    this.retryAfterMs = options.retryAfterMs
  }

  get status(): (typeof errorTable)[ErrorCode]['status'] {
    return errorTable[this.code].status
  }

  toBody(): ErrorBody {
    return {
      code: this.code,
      message: this.message,
      ...(this.details !== undefined && { details: this.details }),
      ...(this.retryAfterMs !== undefined && { retryAfterMs: this.retryAfterMs }),
    }
  }
}
