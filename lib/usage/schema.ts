import { z } from 'zod'
import { USAGE_BY } from '@/lib/usage/dimensions'
import { daysBetween, RANGE_MAX_DAYS } from '@/lib/usage/range'

/** Days of the team's time zone, both included; this month when nothing is said. `whose`: all for admins, else mine. */
export const usageQuery = z
  .object({
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    by: z.enum(USAGE_BY).default('day'),
    whose: z.enum(['all', 'mine']).optional(),
    format: z.enum(['json', 'csv']).default('json'),
  })
  .refine(({ from, to }) => !from || !to || from <= to, { message: 'ends before it begins', path: ['to'] })
  .refine(({ from, to }) => !from || !to || daysBetween(from, to) < RANGE_MAX_DAYS, {
    message: `is longer than ${RANGE_MAX_DAYS} days`,
    path: ['from'],
  })

/** What was used: `estimated` is the part of `credits` that follows from a price; `kept` are images that are favourites. */
export const amountsResource = z.object({
  generations: z.number().int(),
  images: z.number().int(),
  credits: z.number(),
  estimated: z.number(),
  kept: z.number().int(),
  /** Credits for each image that was kept; null where none was. */
  creditsPerKept: z.number().nullable(),
})

/** `key` is a day, an id, an upstream style's number or an outcome; empty where there is none. `nameKo` of styles only. */
export const usageItem = amountsResource.extend({
  key: z.string(),
  name: z.string().nullable(),
  nameKo: z.string().nullable(),
})

export const usageResource = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  timeZone: z.string(),
  by: z.enum(USAGE_BY),
  whose: z.enum(['all', 'mine']),
  /** Those that used most first; days in their order. At most 500: a CSV has all. */
  items: z.array(usageItem),
  /** How many more there are. */
  more: z.number().int(),
  total: amountsResource,
  /** The days on which anything was used. */
  days: z.array(z.object({ day: z.iso.date(), images: z.number().int(), credits: z.number() })),
})

export type UsageQuery = z.output<typeof usageQuery>
export type Amounts = z.infer<typeof amountsResource>
export type UsageItem = z.infer<typeof usageItem>
export type Usage = z.infer<typeof usageResource>
