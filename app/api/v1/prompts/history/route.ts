import { route } from '@/lib/access/http'
import { listPromptHistory } from '@/lib/prompts/history'
import { promptHistoryQuery } from '@/lib/prompts/schema'

export const GET = route({ scope: 'read', query: promptHistoryQuery }, ({ actor, query }) =>
  listPromptHistory(actor, query),
)
