import { z } from 'zod'
import { flag } from '@/lib/platform/page-query'
import { CATEGORY_MAX, NAME_MAX } from '@/lib/styles/limits'

/** Upstream's `styleId`: a whole number; JSON carries it exactly up to 2^53. */
export const styleId = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

const control = /\p{Cc}/u

/** One line of text as a person types it: trimmed, composed (a Korean name from a Mac arrives decomposed), no control characters. */
const line = (min: number, max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(min)
        .max(max)
        .refine((text) => !control.test(text), { message: 'has a control character' }),
    )

export const styleName = line(0, NAME_MAX)
export const styleCategory = line(0, CATEGORY_MAX)

/** The catalogue's writable fields. One of the two names is enough: it then stands for both languages. */
export const styleFields = z.object({
  styleId,
  nameKo: styleName.default(''),
  nameEn: styleName.default(''),
  superCategory: styleCategory.default(''),
  mainCategory: styleCategory.default(''),
})

const named = (fields: { nameKo: string; nameEn: string }) => fields.nameKo !== '' || fields.nameEn !== ''

export const createStyleInput = styleFields.refine(named, {
  path: ['nameKo'],
  message: 'one of nameKo and nameEn is needed',
})
export type CreateStyleInput = z.infer<typeof createStyleInput>

export const updateStyleInput = z.strictObject({
  nameKo: line(1, NAME_MAX).optional(),
  nameEn: line(1, NAME_MAX).optional(),
  superCategory: styleCategory.optional(),
  mainCategory: styleCategory.optional(),
  hidden: z.boolean().optional(),
})
export type UpdateStyleInput = z.infer<typeof updateStyleInput>

export const styleThumbnailInput = z.strictObject({ imageId: z.uuid() })

export const listStylesQuery = z.object({ hidden: flag.default(false) })

/** `existing` says what happens to a styleId that the catalogue already has. Text rather than rows: problems carry the file's own lines. */
export const importStylesInput = z.strictObject({
  format: z.enum(['csv', 'json']),
  content: z.string(),
  existing: z.enum(['update', 'skip']).default('update'),
  mode: z.enum(['preview', 'apply']),
})
export type ImportStylesInput = z.infer<typeof importStylesInput>

/** One entry of the catalogue as the actor sees it: `id` is ours, `styleId` is upstream's. */
export const styleResource = z.object({
  id: z.string(),
  styleId: z.number(),
  nameKo: z.string(),
  nameEn: z.string(),
  superCategory: z.string(),
  mainCategory: z.string(),
  thumbnailUrl: z.string().nullable(),
  favourite: z.boolean(),
  hidden: z.boolean(),
  /** When the actor last generated with it; null when not lately. */
  lastUsedAt: z.iso.datetime().nullable(),
})
export type Style = z.infer<typeof styleResource>

export const styleListResource = z.object({ items: z.array(styleResource), nextCursor: z.null() })
export type StyleList = z.infer<typeof styleListResource>

export const importProblemCodeResource = z.enum([
  'missing_style_id',
  'not_an_integer',
  'rounded_number',
  'spreadsheet_error',
  'too_many_cells',
  'unreadable_character',
  'duplicate_in_file',
  'missing_name',
  'too_long',
  'control_character',
  'not_an_object',
  'not_text',
])
export type ImportProblemCode = z.infer<typeof importProblemCodeResource>

/** `line` counts from 1 as an editor shows it (for JSON: the place in the array). */
export const importProblemResource = z.object({
  line: z.number(),
  column: z.string(),
  code: importProblemCodeResource,
  value: z.string(),
})
export type ImportProblem = z.infer<typeof importProblemResource>

export const importFileProblemResource = z.enum([
  'too_large',
  'too_many_rows',
  'too_many_columns',
  'row_too_long',
  'not_text',
  'not_csv',
  'not_json',
  'not_an_array',
  'no_style_id_column',
  'empty',
])
export type ImportFileProblem = z.infer<typeof importFileProblemResource>

export const importRowResource = z.object({
  line: z.number(),
  styleId: z.number(),
  nameKo: z.string(),
  nameEn: z.string(),
  superCategory: z.string(),
  mainCategory: z.string(),
  outcome: z.enum(['create', 'update', 'unchanged', 'skip']),
})
export type ImportRow = z.infer<typeof importRowResource>

/** What an import would do (`preview`) or did (`apply`). Rows with problems are never written. */
export const importReportResource = z.object({
  applied: z.boolean(),
  fileProblem: importFileProblemResource.nullable(),
  /** Where in the file that is, if at one place. */
  fileProblemLine: z.number().nullable(),
  unknownColumns: z.array(z.string()),
  problems: z.array(importProblemResource),
  counts: z.object({
    create: z.number(),
    update: z.number(),
    unchanged: z.number(),
    skip: z.number(),
    problem: z.number(),
  }),
  /** The first rows, for a look. */
  rows: z.array(importRowResource),
})
export type ImportReport = z.infer<typeof importReportResource>
