import { db } from '@/lib/platform/db'

export type Place = { DATABASE_URL: string; STUDIO_DATA_DIR: string; STUDIO_SECRET?: string }

/** Does something as a studio on another database and data directory would, in a process of its own. */
export async function inPlace<T>(place: Place, work: () => Promise<T>): Promise<T> {
  const [environment, kept] = [{ ...process.env }, takeShared()]
  Object.assign(process.env, place)
  if (!place.STUDIO_SECRET) delete process.env.STUDIO_SECRET
  try {
    return await work()
  } finally {
    await db().$disconnect()
    takeShared()
    Object.assign(globalThis, kept)
    process.env = environment
  }
}

/** Everything that a process keeps once (lib/platform/shared), taken out of its place. */
function takeShared(): Record<symbol, unknown> {
  const slots: Record<symbol, unknown> = globalThis
  const keys = Object.getOwnPropertySymbols(slots).filter(({ description }) =>
    description?.startsWith('flamel-studio.'),
  )
  const taken = Object.fromEntries(keys.map((key) => [key, slots[key]]))
  for (const key of keys) delete slots[key]
  return taken
}
