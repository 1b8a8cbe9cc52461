import sharp from 'sharp'
import { withoutDirectives } from '@/lib/sandbox/directives'
import { paint } from '@/lib/sandbox/plain-painter'
import type { Recipe } from '@/lib/sandbox/recipe'
import { findSandboxStyle } from '@/lib/sandbox/styles'

/** What a recipe whose style is no longer known is painted in. */
const SOFT_LANDSCAPE = 112

/** The webp of a recipe: the same bytes every time. */
export async function draw(recipe: Recipe): Promise<Buffer> {
  const { prompt, styleId, seed, sample, width, height, sourceSeed, isBlurred } = recipe
  const technique = findSandboxStyle(styleId)?.styleId ?? SOFT_LANDSCAPE
  const words = withoutDirectives(prompt)
  const picture = await paint({ prompt: words, styleId: technique, seed, sample, width, height, sourceSeed })
  return isBlurred ? sharp(picture).blur(30).webp({ quality: 60 }).toBuffer() : picture
}
