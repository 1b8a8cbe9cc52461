import { api } from '@/lib/platform/api-client'
import type { Described, DescribeInput, Enhanced, EnhanceInput } from '@/lib/prompts/schema'

export const enhance = (team: string, input: EnhanceInput) =>
  api.post<Enhanced>('/api/v1/prompts/enhance', input, { team })

export const describe = (team: string, input: DescribeInput) =>
  api.post<Described>('/api/v1/prompts/describe', input, { team })
