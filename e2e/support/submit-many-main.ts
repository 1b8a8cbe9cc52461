import type { Actor } from '@/lib/access/actor'
import { insertGeneration } from '@/lib/generations/create'
import { db } from '@/lib/platform/db'
import { isAppError } from '@/lib/platform/errors'

/** As many as a process's pool has. */
const CONNECTIONS = 12
const request = { prompt: 'all at once', ratio: '1:1', styleId: 101, sample: 1, async: false } as const

/** A process of its own: asks for so many images at once as the actor, and prints how many were let through. */
async function main() {
  const [actor, count] = JSON.parse(process.argv[2] ?? '[]') as [Actor, number] // from the test that starts it
  let [asked, through] = [0, 0]
  const submitter = async () => {
    while (asked < count) {
      asked += 1
      if (await isLetThrough(actor)) through += 1
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, submitter))
  await db().$disconnect()
  process.stdout.write(`${through}\n`)
}

async function isLetThrough(actor: Actor): Promise<boolean> {
  try {
    await insertGeneration(actor, { request })
    return true
  } catch (error) {
    if (isAppError(error) && error.code === 'budget_exceeded') return false
    throw error
  }
}

void main()
