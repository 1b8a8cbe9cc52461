import type { MissedChanges } from '@/lib/access/event-schema'
import { answerLimit, api } from '@/lib/platform/api-client'

/** What changed in the team after that place in the run of events. */
export const getMissedChanges = (team: string, since: string) =>
  api.get<MissedChanges>(`/api/v1/events?since=${encodeURIComponent(since)}`, {
    team,
    signal: answerLimit(),
  })
