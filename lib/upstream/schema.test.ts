import { describe, expect, test } from 'vitest'
import { published, publishedExamples } from '@/e2e/contract/published'
import { codePoints } from '@/lib/upstream/limits'
import { RATIOS } from '@/lib/upstream/ratios'
import { createImageRequest } from '@/lib/upstream/schema'

const isPublished = published('CreateImageRequest')
const isWithinLimits = published('StudioLimits')
const accepts = (body: unknown) => createImageRequest.safeParse(body).success
const valid = { prompt: '유니콘', ratio: '1:1', styleId: 352 }

describe('the request', () => {
  test.each(publishedExamples)('takes the published example: %s', (_name, body) => {
    expect(createImageRequest.parse(body)).toMatchObject({ ...body, sample: 4, async: false })
  })

  test('takes styleId with imageId, and refuses image beside either', () => {
    expect(accepts({ ...valid, imageId: 234 })).toBe(true)
    expect(accepts({ ...valid, image: '1/a.png' })).toBe(false)
    expect(accepts({ prompt: 'a', ratio: '1:1', imageId: 1, image: '1/a.png' })).toBe(false)
    expect(accepts({ prompt: 'a', ratio: '1:1' })).toBe(false)
  })

  test('counts the prompt in code points, not UTF-16 units', () => {
    expect(accepts({ ...valid, prompt: '🦄'.repeat(1200) })).toBe(true)
    expect(accepts({ ...valid, prompt: '🦄'.repeat(1201) })).toBe(false)
    expect(codePoints('a🦄한')).toBe(3)
  })

  test('refuses NUL and half characters wherever they stand', () => {
    for (const bad of ['a\0b', 'a\ud83e', '\udd84'])
      for (const body of [
        { ...valid, prompt: bad },
        { ...valid, groupId: bad },
        { ...valid, later: { deep: [bad] } },
        { ...valid, [bad]: 1 },
      ])
        expect(accepts(body)).toBe(false)
  })

  test('keeps members that the contract does not name, as it allows them', () => {
    expect(createImageRequest.parse({ ...valid, seed: 7, deep: { a: [1] } })).toMatchObject({
      seed: 7,
      deep: { a: [1] },
    })
  })

  test('refuses ids that are not whole or that two numbers could spell', () => {
    for (const styleId of [0, -1, 1.5, 2 ** 53, '352', null])
      expect(accepts({ ...valid, styleId })).toBe(false)
    expect(accepts({ ...valid, styleId: 2 ** 53 - 1 })).toBe(true)
  })

  test('names the member that is wrong', () => {
    const result = createImageRequest.safeParse({ ...valid, sample: 3 })
    expect(result.error?.issues[0]?.path).toEqual(['sample'])
  })

  test('agrees with the published schema and the limits of the Studio on random bodies', () => {
    const random = randomNumbers(4711)
    const seen = { yes: 0, no: 0 }
    for (let round = 0; round < 5_000; round += 1) {
      const body = randomBody(random)
      const expected = isPublished(body) && isWithinLimits(body)
      expect(accepts(body), JSON.stringify(body).slice(0, 300)).toBe(expected)
      seen[expected ? 'yes' : 'no'] += 1
    }
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(500)
  })
})

function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}

/** Bodies near the edge of validity: each member is usually right, sometimes absent, sometimes odd. */
function randomBody(random: () => number): unknown {
  const oneOf = <T>(...values: T[]): T | undefined => values[Math.floor(random() * values.length)]
  const odd = () => oneOf<unknown>(null, '', 0, 1, -3, 1.5, true, [], {}, '1:1', 'x', 2 ** 53, 2 ** 53 - 1)
  const text = () =>
    oneOf(
      'a',
      '유니콘이 뛰어놀고 있다',
      '🦄',
      'x'.repeat(1200),
      '🦄'.repeat(1201),
      'x'.repeat(8001),
      '🦄'.repeat(5000),
      '🦄'.repeat(200),
    )
  const members: Record<string, () => unknown> = {
    prompt: () => oneOf('a', '🦄'.repeat(1200), '🦄'.repeat(1201), 'x'.repeat(1201), '바다'),
    ratio: () => oneOf(...RATIOS, '2:1', 'SQUARE'),
    sample: () => oneOf<unknown>(1, 2, 4, 4, 3, '4', 4.0),
    async: () => oneOf<unknown>(true, false, 'true'),
    groupId: text,
    randomPrompt: text,
    initialPrompt: text,
    enhancedPrompt: text,
    captionPrompt: text,
    captionTPrompt: text,
    unknown: odd,
  }
  const body: Record<string, unknown> = {}
  const [prompt, ratio] = [members.prompt?.(), members.ratio?.()]
  if (random() < 0.95) body.prompt = prompt
  if (random() < 0.95) body.ratio = ratio
  for (const [name, make] of Object.entries(members))
    if (random() < 0.08) body[name] = random() < 0.75 ? make() : odd()
  for (const name of ['styleId', 'imageId'])
    if (random() < 0.5) body[name] = random() < 0.9 ? oneOf(1, 352) : odd()
  if (random() < 0.3) body.image = random() < 0.9 ? '1/reference-1423131.png' : odd()
  return random() < 0.01 ? odd() : body
}
