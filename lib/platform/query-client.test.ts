import { InfiniteQueryObserver, QueryClient, QueryObserver, type InfiniteData } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { changeQueries, renewQueries } from '@/lib/platform/query-client'

/** A list of letters that waits for its next page, which comes with `answer`. */
async function listWithPageOnItsWay(client: QueryClient) {
  const answers: ((letter: string) => void)[] = []
  const observer = new InfiniteQueryObserver(client, {
    queryKey: ['letters', 'onda'],
    queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
    initialPageParam: '',
    getNextPageParam: (letter: string) => letter,
  })
  const stop = observer.subscribe(() => undefined)
  answers[0]?.('a')
  await vi.waitFor(() => expect(observer.getCurrentResult().data?.pages).toEqual(['a']))
  const next = observer.fetchNextPage()
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  const answer = async (letter: string) => {
    answers[1]?.(letter)
    await next
  }
  return { shown: () => observer.getCurrentResult().data?.pages, answer, next, stop }
}

const inCapitals = ({ pages, ...rest }: InfiniteData<string>) => ({
  ...rest,
  pages: pages.map((letter) => letter.toUpperCase()),
})

test('changes a list at once, and again when a page that was asked for before is added to it', async () => {
  const client = new QueryClient()
  const list = await listWithPageOnItsWay(client)
  changeQueries(client, ['letters'], inCapitals)
  expect(list.shown()).toEqual(['A'])
  await list.answer('b')
  expect(list.shown()).toEqual(['A', 'B'])
  list.stop()
})

test('makes several changes in their order once more', async () => {
  const client = new QueryClient()
  const list = await listWithPageOnItsWay(client)
  changeQueries(client, ['letters'], inCapitals)
  changeQueries<InfiniteData<string>>(client, ['letters'], ({ pages, ...rest }) => ({
    ...rest,
    pages: pages.map((letter) => letter.toLowerCase()),
  }))
  await list.answer('B')
  expect(list.shown()).toEqual(['a', 'b'])
  list.stop()
})

test('keeps a change when what was on its way is let go of', async () => {
  const client = new QueryClient()
  const list = await listWithPageOnItsWay(client)
  changeQueries(client, ['letters'], inCapitals)
  await client.cancelQueries({ queryKey: ['letters'] })
  await list.next
  expect(list.shown()).toEqual(['A'])
  list.stop()
})

test('leaves what is old as old as it was', () => {
  const client = new QueryClient()
  client.setQueryData(['letters', 'onda'], 'a', { updatedAt: 1 })
  void client.invalidateQueries({ queryKey: ['letters'] })
  changeQueries<string>(client, ['letters'], (letter) => letter.toUpperCase())
  expect(client.getQueryState(['letters', 'onda'])).toMatchObject({
    data: 'A',
    dataUpdatedAt: 1,
    isInvalidated: true,
  })
})

test('asks once more for what was on its way for the first time when it became stale', async () => {
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
