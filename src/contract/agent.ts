import { z } from 'zod'
import { Label } from './event.ts'
import { AgentId } from './ids.ts'

/** An agent answers the chats of their inboxes; a supervisor also gives and takes those of others; an admin sets it all up. */
export const Role = z.enum(['agent', 'supervisor', 'admin'])
export type Role = z.infer<typeof Role>

/** Only who is `online` is given chats. */
export const AgentStatus = z.enum(['online', 'away', 'busy', 'offline'])
export type AgentStatus = z.infer<typeof AgentStatus>

/** 12 characters or more, of any kind. */
export const Password = z.string().min(12).max(128)

/** An account of somebody who answers. No `inboxes`: all of them. A higher `priority` is asked first. */
export const CreateAgent = z.strictObject({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(320),
  role: Role.default('agent'),
  capacity: z.number().int().min(0).max(100).default(5),
  skills: z.array(Label).max(50).default([]),
  teams: z.array(Label).max(50).default([]),
  inboxes: z.array(Label).max(100).default([]),
  priority: z.number().int().min(0).max(100).default(0),
})
export type CreateAgent = z.infer<typeof CreateAgent>

/** Without a password they sign in once they took an invitation, or through the identity provider. */
export const NewAgent = CreateAgent.extend({ password: Password.optional() })

export const ChangeAgent = z
  .strictObject({
    name: CreateAgent.shape.name,
    role: Role,
    capacity: CreateAgent.shape.capacity.unwrap(),
    skills: CreateAgent.shape.skills.unwrap(),
    teams: CreateAgent.shape.teams.unwrap(),
    inboxes: CreateAgent.shape.inboxes.unwrap(),
    priority: CreateAgent.shape.priority.unwrap(),
  })
  .partial()
export type ChangeAgent = z.infer<typeof ChangeAgent>

/** An agent as the administrator sees them. */
export const ShownAgent = z.object({
  id: AgentId,
  ...CreateAgent.shape,
  status: AgentStatus,
  statusSince: z.iso.datetime(),
  /** How many they take at once: the capacity, or fewer where they chose so themselves. */
  takes: z.number().int(),
  /** Chats that count against that. */
  chats: z.number().int(),
  /** Somebody who left cannot sign in; their name stays in the chats. */
  active: z.boolean(),
  createdAt: z.iso.datetime(),
})
export type ShownAgent = z.infer<typeof ShownAgent>

/** Whoever has this team, this skill and this status. */
export const AgentQuery = z.strictObject({
  team: Label.optional(),
  skill: Label.optional(),
  status: AgentStatus.optional(),
})
export type AgentQuery = z.infer<typeof AgentQuery>

/** Short-lived; opens the agent's socket and what an agent may do over HTTP. */
export const AgentToken = z.object({ token: z.string() })

/** Sets a password once, until `expiresAt`. */
export const Invitation = z.object({ token: z.string(), expiresAt: z.iso.datetime() })
export type Invitation = z.infer<typeof Invitation>

/** A colleague, as agents who share an inbox with them see them. */
export const TeamMember = ShownAgent.pick({
  id: true,
  name: true,
  role: true,
  status: true,
  statusSince: true,
  teams: true,
  skills: true,
  chats: true,
  capacity: true,
  takes: true,
})
export type TeamMember = z.infer<typeof TeamMember>

export const SetStatus = z.strictObject({ status: AgentStatus })
export type SetStatus = z.infer<typeof SetStatus>

/** How many chats an agent takes at once: no more than their capacity. */
export const SetTakes = z.strictObject({ takes: CreateAgent.shape.capacity.unwrap() })
