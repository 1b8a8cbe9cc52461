import { db } from '@/lib/platform/db'

/** What waiting would do: the rows become older. */
export const letPass = (seconds: number) =>
  db().$executeRaw`UPDATE "SignInThrottle" SET "updatedAt" = "updatedAt" - make_interval(secs => ${seconds})`

/** A wait that began at this moment: a slow machine does not sit it out. */
export const beginWaitNow = () => db().$executeRaw`UPDATE "SignInThrottle" SET "updatedAt" = now()`
