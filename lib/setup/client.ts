import { api } from '@/lib/platform/api-client'
import type { SetUp } from '@/lib/setup/schema'

/** Makes the studio's first owner and team. */
export const setUp = (input: object) => api.post<SetUp>('/api/v1/setup', input)
