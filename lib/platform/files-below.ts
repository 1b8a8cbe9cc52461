import 'server-only'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { isNotThere } from '@/lib/platform/durable-files'

/** The files below a folder, as paths from there. A folder that is missing, or goes while this looks, has none. */
export async function* filesBelow(folder: string, below = ''): AsyncGenerator<string> {
  const options = { withFileTypes: true } as const
  const entries = await readdir(path.join(folder, below), options).catch((error: unknown) => {
    if (isNotThere(error)) return []
    throw error
  })
  for (const entry of entries) {
    const name = path.join(below, entry.name)
    if (entry.isDirectory()) yield* filesBelow(folder, name)
    else if (entry.isFile()) yield name
  }
}
