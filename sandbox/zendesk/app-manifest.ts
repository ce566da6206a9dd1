import { z } from 'zod'

/** Of Support; an app of another product has others. */
const places = [
  'background',
  'modal',
  'nav_bar',
  'new_ticket_sidebar',
  'organization_sidebar',
  'system_top_bar',
  'ticket_editor',
  'ticket_module',
  'ticket_sidebar',
  'top_bar',
  'user_sidebar',
] as const
const kinds = ['text', 'password', 'checkbox', 'url', 'number', 'multiline', 'hidden', 'oauth'] as const

export const Locale = z.string().regex(/^[a-z]{2}(-\w{2,3})?$/)
const WebAddress = z.string().regex(/^https?:\/\//)

const Place = z
  .union([z.string().transform((url) => ({ url })), z.looseObject({ url: z.string() })])
  .pipe(z.looseObject({ url: z.string().min(1), flexible: z.boolean().optional(), autoHide: z.boolean().optional() }))

const Parameter = z
  .object({
    name: z.string().refine((name) => name !== 'name', 'every app has this one already'),
    type: z.enum(kinds).default('text'),
    required: z.boolean().default(false),
    secure: z.boolean().default(false),
  })
  .refine(({ type, required }) => !(type === 'hidden' && required), 'what is hidden cannot be required')

/** Of an app with a page. */
export const Manifest = z.object({
  name: z.string().optional(),
  author: z.object({ name: z.string().optional(), email: z.string().optional(), url: WebAddress.optional() }),
  defaultLocale: Locale,
  private: z.boolean().default(true),
  location: z.strictObject({
    support: z.partialRecord(z.enum(places), Place).refine((all) => Object.keys(all).length > 0, 'is empty'),
  }),
  version: z.string().optional(),
  frameworkVersion: z.literal('2.0'),
  signedUrls: z.boolean().default(false),
  singleInstall: z.boolean().default(false),
  requirementsOnly: z.literal(false).optional(),
  marketingOnly: z.literal(false).optional(),
  domainWhitelist: z.array(z.string()).optional(),
  parameters: z
    .array(Parameter)
    .default([])
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'two have the same name'),
  experiments: z.partialRecord(z.enum(['hashParams', 'newCssCompiler']), z.boolean()).default({}),
  noTemplate: z.undefined().optional(),
  remoteInstallationURL: z.string().optional(),
  termsConditionsURL: WebAddress.optional(),
  gaID: z.string().optional(),
})
export type Manifest = z.infer<typeof Manifest>
