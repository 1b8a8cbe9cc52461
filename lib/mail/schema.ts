import { z } from 'zod'
/** A mail that failed, or waits because of a problem. */
export const mailTroubleResource = z.object({
  id: z.string(),
  to: z.string(),
  state: z.enum(['waiting', 'failed']),
  problem: z.string(),
  at: z.string(),
})
export type MailTrouble = z.infer<typeof mailTroubleResource>

/** How sending mail stands, for the admins of a team. */
export const mailStatusResource = z.object({
  isOn: z.boolean(),
  /** Sender and server as they are set, without user and password. */
  from: z.string().nullable(),
  server: z.string().nullable(),
  waiting: z.number(),
  /** Of the last week, newest first: about this team or to its people. */
  troubles: z.array(mailTroubleResource),
})
export type MailStatus = z.infer<typeof mailStatusResource>
