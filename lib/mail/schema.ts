/** A mail that failed, or waits because of a problem. */
export type MailTrouble = {
  id: string
  to: string
  state: 'waiting' | 'failed'
  problem: string
  at: string
}

/** How sending mail stands, for the admins of a team. */
export type MailStatus = {
  isOn: boolean
  /** Sender and server as they are set, without user and password. */
  from: string | null
  server: string | null
  waiting: number
  /** Of the last week, newest first: about this team or to its people. */
  troubles: MailTrouble[]
}
