import { parentPort } from 'node:worker_threads'
import sharp from 'sharp'
import { paint } from '@/lib/sandbox/painter/paint'
import { recipe } from '@/lib/sandbox/recipe'
import { plainPicture } from '@/lib/sandbox/plain-picture'
import { withoutDirectives } from '@/lib/sandbox/directives'
import { findSandboxStyle } from '@/lib/sandbox/styles'

/** The painter's thread: one picture after the other, so that the server's own thread never waits for paint. */
parentPort?.on('message', async ({ order, recipe: sent }) => {
  try {
    const bytes = await draw(recipe.parse(sent))
    parentPort?.postMessage({ order, bytes })
  } catch (error) {
    parentPort?.postMessage({ order, error: String(error) })
  }
})

async function draw(known: ReturnType<typeof recipe.parse>): Promise<Buffer> {
  const picture = known.plain ? await plainPicture(known) : await paintRecipe(known)
  return known.isBlurred ? sharp(picture).blur(30).webp({ quality: 60 }).toBuffer() : picture
}

function paintRecipe({
  prompt,
  styleId,
  seed,
  sample,
  width,
  height,
  sourceSeed,
}: ReturnType<typeof recipe.parse>) {
  const technique = findSandboxStyle(styleId)?.styleId ?? 112
  const words = withoutDirectives(prompt)
  return paint({
    prompt: words,
    styleId: technique,
    seed,
    sample,
    width,
    height,
    ...(sourceSeed !== undefined && { source: { seed: sourceSeed } }),
  })
}
