import { parentPort } from 'node:worker_threads'
import { draw } from '@/sandbox/draw'
import { recipe } from '@/sandbox/recipe'

/** The painter's thread, so that the server's own thread never waits for paint. */
parentPort?.on('message', async ({ order, recipe: sent }) => {
  try {
    parentPort?.postMessage({ order, bytes: await draw(recipe.parse(sent)) })
  } catch (error) {
    parentPort?.postMessage({ order, error: String(error) })
  }
})
