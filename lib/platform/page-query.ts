import { z } from 'zod'
import { PAGE_MAX, PAGE_SIZES } from '@/lib/platform/page-sizes'

/** The fields of a query that say which page of a list is wanted. */
export const pageQuery = (list: keyof typeof PAGE_SIZES) => ({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_SIZES[list]),
})
