import { accepted, route } from '@/lib/access/http'
import { campaignSetInput, campaignSetListQuery } from '@/lib/campaign-sets/schema'
import { createCampaignSet, listCampaignSets } from '@/lib/campaign-sets/server'

export const GET = route({ scope: 'read', query: campaignSetListQuery }, ({ actor, query }) =>
  listCampaignSets(actor, query),
)

export const POST = route(
  { scope: 'generate', input: campaignSetInput, maxBytes: 512 * 1024 },
  async ({ actor, input, request }) => {
    const set = await createCampaignSet(actor, input, request.headers)
    return accepted(`/api/v1/campaign-sets/${set.id}`, set)
  },
)
