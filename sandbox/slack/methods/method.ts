import { z } from 'zod'
import type { Window } from '../../limits.ts'
import type { Team } from '../teams.ts'
import type { Message, Workspace } from '../workspace.ts'

/** What Slack answers with `ok: false`. */
export class Refusal extends Error {}
export const refuse = (code: string): never => {
  throw new Refusal(code)
}

export interface MethodDeps {
  /** Whose token is used. */
  team: Team
  workspace: Workspace
  /** Throws what Slack says of a channel that the app cannot use. */
  channelOf(id: string): string
  /** A post by the app: subscribers hear of it as of any other. */
  posted(message: Message): void
}

/** A method of the Web API. `origin`: under which the stand-in was called. */
export interface Method {
  /** How often it may be called. */
  window: Window
  /** Of what the limit counts the calls; all of the method's by default. */
  countedBy?(args: Record<string, unknown>): string
  run(args: Record<string, unknown>, origin: string): Record<string, unknown>
}
export type Methods = Record<string, Method>

/** Slack's tiers, by the minute. */
export const tier = (perMinute: number): Window => ({ limit: perMinute, windowMs: 60_000 })

export const text = z.string()
export const flag = z
  .union([z.boolean(), z.string()])
  .transform((value) => value === true || value === 'true' || value === '1')
export const Place = z.object({ channel: text, ts: text })
