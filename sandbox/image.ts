import type { Answer, Context } from '@/sandbox/context'
import { describe } from '@/sandbox/create'
import { refusalAnswer } from '@/sandbox/refusals'

/** GET /api/images/{id}: the image as create describes it, with its bytes once it is COMPLETED. */
export async function readImage(context: Context, id: string): Promise<Answer> {
  const recipe = /^\d{1,16}$/.test(id) ? context.store.findRecipe(Number(id)) : undefined
  if (!recipe) return refusalAnswer('no_input_image', id) ?? { status: 404, body: null }
  return { status: 200, body: await describe(context, recipe) }
}
