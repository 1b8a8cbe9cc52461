import { answerPreflight } from '@/lib/drop-in/cors'
import { getImageDropIn } from '@/lib/drop-in/server'

export const OPTIONS = answerPreflight

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  return getImageDropIn(request, (await params).id)
}
