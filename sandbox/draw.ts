import sharp from 'sharp'
import { withoutDirectives } from '@/sandbox/directives'
import { paint } from '@/sandbox/painter/paint'
import type { Recipe } from '@/sandbox/recipe'
import { findSandboxStyle } from '@/sandbox/styles'

/** What a recipe whose style is no longer known is painted in. */
const SOFT_LANDSCAPE = 112

/** The webp of a recipe: the same bytes every time. */
export async function draw(recipe: Recipe): Promise<Buffer> {
  const { seed, sample, width, height, source, isBlurred } = recipe
  const styleId = findSandboxStyle(recipe.styleId)?.styleId ?? SOFT_LANDSCAPE
  const prompt = withoutDirectives(recipe.prompt)
  const from = source?.prompt === undefined ? source : { ...source, prompt: withoutDirectives(source.prompt) }
  const image = await paint({ prompt, styleId, seed, sample, width, height, source: from })
  return isBlurred ? sharp(image).blur(30).webp({ quality: 60 }).toBuffer() : image
}
