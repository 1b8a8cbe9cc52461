import fs from 'node:fs'
import path from 'node:path'
import { ROOT } from '@/e2e/support/child'
import type { Handler } from '@/e2e/support/people'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Answers what no route answers: it does nothing and has no guard. */
const NO_ROUTE = 'api/[...unknown]/route.ts'

/** Every route handler under `app/`, or a folder of it, by its method and path. */
export async function loadHandlers(folder = ''): Promise<Map<string, Handler>> {
  const root = path.join(ROOT, 'app', folder)
  const files = fs.readdirSync(root, { recursive: true, encoding: 'utf8' })
  const handlers = new Map<string, Handler>()
  for (const file of files.filter((name) => path.basename(name) === 'route.ts')) {
    if (path.posix.join(folder, file) === NO_ROUTE) continue
    const routes: Record<string, Handler> = await import(path.join(root, file))
    const address = path.posix.join('/', folder, path.dirname(file))
    for (const method of METHODS) {
      const handler = routes[method]
      if (handler) handlers.set(`${method} ${address}`, handler)
    }
  }
  return handlers
}
