import { z } from 'zod'

export const eventQuery = z.object({ team: z.string().min(1).max(80).optional() })
