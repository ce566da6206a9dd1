import { z } from 'zod'

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as 09:30')
const Opening = z
  .strictObject({ from: clock, to: clock })
  .refine(({ from, to }) => from < to, { error: 'ends before it begins' })
const openings = z.array(Opening).max(10).default([])
export type Opening = z.infer<typeof Opening>

/** Whether it is a time zone of IANA’s. */
export const knownZone = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

/** When somebody answers, on the clock of `timeZone`. A holiday's own openings stand in place of its weekday's. */
export const Hours = z.strictObject({
  timeZone: z.string().max(64).refine(knownZone, { error: 'must be an IANA time zone such as Europe/Lisbon' }),
  weekly: z.strictObject({
    mon: openings,
    tue: openings,
    wed: openings,
    thu: openings,
    fri: openings,
    sat: openings,
    sun: openings,
  }),
  holidays: z
    .array(z.strictObject({ date: z.iso.date(), name: z.string().trim().min(1).max(100).optional(), openings }))
    .max(200)
    .refine((holidays) => new Set(holidays.map(({ date }) => date)).size === holidays.length, {
      error: 'two holidays are on one day',
    })
    .default([]),
})
export type Hours = z.infer<typeof Hours>
