import { z } from 'zod'

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

export const styleName = line(0, 80)
export const styleCategory = line(0, 60)

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
  nameKo: line(1, 80).optional(),
  nameEn: line(1, 80).optional(),
  superCategory: styleCategory.optional(),
  mainCategory: styleCategory.optional(),
  hidden: z.boolean().optional(),
})
export type UpdateStyleInput = z.infer<typeof updateStyleInput>

export const styleThumbnailInput = z.strictObject({ imageId: z.uuid() })

export const listStylesQuery = z.object({ hidden: z.enum(['true', 'false']).default('false') })

/** `existing` says what happens to a styleId that the catalogue already has. Text rather than rows: problems carry the file's own lines. */
export const importStylesInput = z.strictObject({
  format: z.enum(['csv', 'json']),
  content: z.string(),
  existing: z.enum(['update', 'skip']).default('update'),
  mode: z.enum(['preview', 'apply']),
})
export type ImportStylesInput = z.infer<typeof importStylesInput>

/** One entry of the catalogue as the actor sees it: `id` is ours, `styleId` is upstream's. */
export type Style = {
  id: string
  styleId: number
  nameKo: string
  nameEn: string
  superCategory: string
  mainCategory: string
  thumbnailUrl: string | null
  favourite: boolean
  hidden: boolean
  /** When the actor last generated with it; null when not lately. */
  lastUsedAt: string | null
}

export type StyleList = { items: Style[]; nextCursor: null }

export type ImportProblemCode =
  | 'missing_style_id'
  | 'not_an_integer'
  | 'rounded_number'
  | 'spreadsheet_error'
  | 'too_many_cells'
  | 'unreadable_character'
  | 'duplicate_in_file'
  | 'missing_name'
  | 'too_long'
  | 'control_character'
  | 'not_an_object'
  | 'not_text'

/** `line` counts from 1 as an editor shows it (for JSON: the place in the array). */
export type ImportProblem = { line: number; column: string; code: ImportProblemCode; value: string }

export type ImportFileProblem =
  | 'too_large'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'row_too_long'
  | 'not_text'
  | 'not_csv'
  | 'not_json'
  | 'not_an_array'
  | 'no_style_id_column'
  | 'empty'

export type ImportRow = {
  line: number
  styleId: number
  nameKo: string
  nameEn: string
  superCategory: string
  mainCategory: string
  outcome: 'create' | 'update' | 'unchanged' | 'skip'
}

/** What an import would do (`preview`) or did (`apply`). Rows with problems are never written. */
export type ImportReport = {
  applied: boolean
  fileProblem: ImportFileProblem | null
  /** Where in the file that is, if at one place. */
  fileProblemLine: number | null
  unknownColumns: string[]
  problems: ImportProblem[]
  counts: { create: number; update: number; unchanged: number; skip: number; problem: number }
  /** The first rows, for a look. */
  rows: ImportRow[]
}
