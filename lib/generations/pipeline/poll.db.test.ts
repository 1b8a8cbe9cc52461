import { afterEach, describe, expect, test } from 'vitest'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { ended, setUpPipeline } from '@/e2e/support/pipeline'
import { makeAnswer, makeImage, sendJson } from '@/e2e/support/upstream'
import { createGeneration, resolveGeneration } from '@/lib/generations/server'

const pipeline = setUpPipeline()
const balances = { defaultCredit: 1, dailyCredit: 2, monthlyCredit: 3 }
const NO_PICTURE = 'bm8gcGljdHVyZQ=='
const GOOD = (await makeImage()).toString('base64')

type Entry = { base64?: string; generationStatus?: string; generationError?: string }
const undecodable: Entry = { base64: NO_PICTURE }
const absent: Entry = { base64: undefined }
const refused: Entry = { base64: '', generationStatus: 'FAILED', generationError: 'nsfw' }
const refusedSilently: Entry = { base64: '', generationStatus: 'FAILED' }
const good: Entry = { base64: GOOD }

afterEach(pipeline.stopDispatchers)

/** Generates these images, in the answer itself or promised there and asked for afterwards: the first time too fast. */
async function generate(entries: Entry[], how: 'at once' | 'later') {
  pipeline.upstream.answer = ({ body }, response) => {
    const files = entries.map(({ base64 }) => base64 ?? '')
    const { images, ...rest } = makeAnswer(body, files, balances)
    const made = images.map((image, position) => ({ ...image, ...entries[position] }))
    const promised = images.map((image) => ({ ...image, generationStatus: 'PENDING', base64: '' }))
    let isFirst = true
    pipeline.upstream.answerImage = ({ path }, asking) => {
      if (isFirst) sendJson(asking, 429, { success: false, code: 429, data: 'too many requests' })
      else
        sendJson(
          asking,
          200,
          made.find(({ imageId }) => path.endsWith(`/${imageId}`)),
        )
      isFirst = false
    }
    sendJson(response, 201, { ...rest, images: how === 'later' ? promised : made })
  }
  pipeline.dispatch()
  const actor = await makeActor(await makeTeam(), 'member')
  const asked = { ratio: '1:1', styleId: 101, sample: 2, async: how === 'later', prompt: 'a fox' } as const
  const { id } = await createGeneration(actor, asked, new Headers())
  return { actor, id, done: await ended(actor, id) }
}

const unknown = { status: 'unknown', error: { code: 'malformed', charged: 'unknown' } }
const succeeded = { status: 'succeeded', error: undefined }
const failed = (parameter?: string) => ({
  status: 'failed',
  error: { code: 'generation_failed', parameter, charged: 'unknown' },
})

describe.each(['at once', 'later'] as const)('images that come %s', (how) => {
  test.each([
    ['bytes that are no image end as unknown', [undecodable, undecodable], unknown],
    ['no bytes end as unknown', [absent, absent], unknown],
    [
      'what upstream says that failed ends as failed, with its reason',
      [undecodable, refused],
      failed('nsfw'),
    ],
    ['a failure without a reason ends as failed', [refusedSilently, absent], failed()],
    ['one image that is whole ends as succeeded', [undecodable, good], succeeded],
  ])('%s', async (_which, entries, end) => {
    expect((await generate(entries, how)).done).toMatchObject(end)
  })
})

test('an end that nobody knows, of images that came later, is settled by a person and never asked for again', async () => {
  const { actor, id, done } = await generate([undecodable, undecodable], 'later')
  expect(done.status).toBe('unknown')
  expect(await resolveGeneration(actor, id, 'charged')).toMatchObject({ resolution: 'charged' })
  await pipeline.stopDispatchers()
  pipeline.dispatch()
  await generate([good], 'later')
  expect(pipeline.upstream.calls.filter(({ body }) => body.prompt === 'a fox')).toHaveLength(2)
})
