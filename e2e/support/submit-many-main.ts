import type { Actor } from '@/lib/access/actor'
import { insertGeneration } from '@/lib/generations/create'
import { db } from '@/lib/platform/db'
import { isAppError } from '@/lib/platform/errors'

const request = { prompt: 'all at once', ratio: '1:1', styleId: 101, sample: 1, async: false } as const

/** A process of its own: asks for so many images at once as the actor, and prints how many were let through. */
async function main() {
  const [actor, count] = JSON.parse(process.argv[2] ?? '[]') as [Actor, number] // from the test that starts it
  const all = await Promise.allSettled(
    Array.from({ length: count }, () => insertGeneration(actor, { request })),
  )
  const refused = all.filter((one) => one.status === 'rejected')
  for (const { reason } of refused) if (!isAppError(reason) || reason.code !== 'budget_exceeded') throw reason
  await db().$disconnect()
  process.stdout.write(`${all.length - refused.length}\n`)
}

void main()
