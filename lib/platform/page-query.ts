import { z } from 'zod'
import { PAGE_MAX, PAGE_SIZES } from '@/lib/platform/page-sizes'

/** A switch of a query: `?mine`, `mine=1` and `mine=true` turn it on. */
export const flag = z
  .enum(['', '1', 'true', '0', 'false'])
  .transform((word) => !['0', 'false'].includes(word))

/** The fields of a query that say which page of a list is wanted. */
export const pageQuery = (list: keyof typeof PAGE_SIZES) => ({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_SIZES[list]),
})
