import { getHealth } from '@/lib/system/health'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const health = await getHealth()
  return Response.json(health, {
    status: health.status === 'down' ? 503 : 200,
    headers: { 'cache-control': 'no-store' },
  })
}
