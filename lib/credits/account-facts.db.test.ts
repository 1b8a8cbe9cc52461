import { beforeEach, describe, expect, test } from 'vitest'
import { makeActor } from '@/e2e/support/images'
import { makeTeam } from '@/e2e/support/people'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { refuseWith, sendJson } from '@/e2e/support/upstream'
import type { Actor } from '@/lib/access/actor'
import { saveKey } from '@/lib/connection/server'
import { refreshAccount } from '@/lib/credits/account-facts'
import { getCredits } from '@/lib/credits/server'
import { connectionFor } from '@/lib/upstream/server'

const ONE = 'flm-first-key-of-user-1'
const TWO = 'flm-second-key-of-user-1'

const pipeline = setUpPipeline()
let owner: Actor

beforeEach(async () => {
  pipeline.upstream.keys = new Map([
    [ONE, 1],
    [TWO, 1],
  ])
  owner = await makeActor(await makeTeam(), 'owner')
  await saveKey(owner, { scope: 'own', key: ONE })
})

const refresh = async () => refreshAccount(await connectionFor(owner.teamId))
const keyProblem = async () => (await getCredits(owner)).keyProblem

describe('the question whether the key works', () => {
  test.each([
    [401, 'wrong_api_key'],
    [401, 'api_key_expired'],
    [403, 'not_logged_in'],
    [403, 'failed_billing'],
  ])('says so when it is told %i %s, until it works again', async (status, code) => {
    pipeline.upstream.answerMe = refuseWith(status, code)
    await refresh()
    expect(await keyProblem()).toBe(code)
    pipeline.upstream.answerMe = undefined
    await refresh()
    expect(await keyProblem()).toBeNull()
  })

  test('takes a 401 in any words for a key that does not work', async () => {
    pipeline.upstream.answerMe = (_call, response) => sendJson(response, 401, { message: 'Unauthorized' })
    await refresh()
    expect(await keyProblem()).toBe('unlisted')
  })

  test.each([
    ['too many questions', 429, 'too many requests'],
    ['a question that upstream does not understand', 400, 'bad request'],
    ['a refusal that is not of the key', 403, 'not_enough_credit'],
    ['what stands between', 403, 'blocked by a firewall'],
  ])('leaves the key as it was after %s', async (_what, status, data) => {
    pipeline.upstream.answerMe = refuseWith(status, data)
    await refresh()
    expect(await keyProblem()).toBeNull()
    pipeline.upstream.answerMe = refuseWith(401, 'api_key_expired')
    await refresh()
    pipeline.upstream.answerMe = refuseWith(status, data)
    await refresh()
    expect(await keyProblem()).toBe('api_key_expired')
  })

  test('changes nothing of a key that was put in the place of the one that it asked of', async () => {
    const waiting: (() => void)[] = []
    pipeline.upstream.answerMe = ({ headers }, response) => {
      if (headers['x-api-key'] === TWO) return sendJson(response, 200, { userId: 1 })
      const answer =
        waiting.length === 0
          ? [200, { userId: 1 }]
          : [401, { success: false, code: 401, data: 'wrong_api_key' }]
      waiting.push(() => sendJson(response, Number(answer[0]), answer[1]))
    }
    const asked = (count: number) => expect.poll(() => waiting.length).toBe(count)
    const first = refresh()
    await asked(1)
    const second = refresh()
    await asked(2)
    await saveKey(owner, { scope: 'own', key: TWO })
    const [accept, refuse] = waiting
    accept?.()
    await first
    refuse?.()
    await second
    expect(await keyProblem()).toBeNull()
  })
})
