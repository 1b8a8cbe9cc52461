import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, it, vi } from 'vitest'
import { renewQueries } from '@/lib/platform/query-client'

it('asks once more for what was on its way for the first time when it became stale', async () => {
  const client = new QueryClient()
  const answers: ((value: string) => void)[] = []
  const queryFn = () => new Promise<string>((resolve) => answers.push(resolve))
  const observer = new QueryObserver(client, { queryKey: ['members', 'onda'], queryFn })
  const stop = observer.subscribe(() => undefined)
  expect(answers).toHaveLength(1)
  const renewed = renewQueries(client, ['members', 'onda'])
  answers[0]?.('read before the change')
  await vi.waitFor(() => expect(answers).toHaveLength(2), { timeout: 20_000 })
  answers[1]?.('read after it')
  await renewed
  expect(observer.getCurrentResult().data).toBe('read after it')
  stop()
})
