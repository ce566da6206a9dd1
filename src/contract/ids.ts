import { z } from 'zod'

/** `ses_`, `vis_`, `agt_`, `evt_`, `fil_`, `pic_`, `can_`, `key_`, `end_` and 24 random characters of [0-9a-z]: safe in URLs, Zendesk tags and Slack metadata. */
const prefixed = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9a-z]{24}$`))

export const SessionId = prefixed('ses').brand<'SessionId'>()
export type SessionId = z.infer<typeof SessionId>

export const VisitorId = prefixed('vis').brand<'VisitorId'>()
export type VisitorId = z.infer<typeof VisitorId>

export const AgentId = prefixed('agt').brand<'AgentId'>()
export type AgentId = z.infer<typeof AgentId>

export const FileId = prefixed('fil').brand<'FileId'>()
export type FileId = z.infer<typeof FileId>

/** Of somebody of the team; made of what it shows. */
export const PictureId = prefixed('pic').brand<'PictureId'>()
export type PictureId = z.infer<typeof PictureId>

export const CannedId = prefixed('can').brand<'CannedId'>()
export type CannedId = z.infer<typeof CannedId>

/** Of an API key; the key itself is another text. */
export const KeyId = prefixed('key').brand<'KeyId'>()
export type KeyId = z.infer<typeof KeyId>

/** Of an address that is told of events by webhook. */
export const EndpointId = prefixed('end').brand<'EndpointId'>()
export type EndpointId = z.infer<typeof EndpointId>

/** Of an event on its way to an endpoint: both their ids. */
export const DeliveryId = z
  .string()
  .regex(/^end_[0-9a-z]{24}\.(evt|test)_[0-9a-z]{24}$/)
  .brand<'DeliveryId'>()
export type DeliveryId = z.infer<typeof DeliveryId>

export const EventId = prefixed('evt').brand<'EventId'>()
export type EventId = z.infer<typeof EventId>

/** Position of an event in its session's log: contiguous from 1. 0 stands before the first. */
export const Seq = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)
export type Seq = z.infer<typeof Seq>

/** Made at a session's creation; a cursor of another epoch is void and its owner reloads. */
export const Epoch = z.string().regex(/^[0-9a-z]{8,32}$/)
export type Epoch = z.infer<typeof Epoch>

/** Chosen by the client for each message, the same on every retry. */
export const ClientMessageId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)
export type ClientMessageId = z.infer<typeof ClientMessageId>

/** Namespaced by the server (`c:…`, `slack:…`, `zendesk:…`, `auto:…`); unique in its session. */
export const EventKey = z.string().min(1).max(300).brand<'EventKey'>()
export type EventKey = z.infer<typeof EventKey>
