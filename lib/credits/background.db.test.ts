import { expect, test } from 'vitest'
import { makeActor } from '@/e2e/support/images'
import { makeTeam } from '@/e2e/support/people'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { saveKey } from '@/lib/connection/server'
import { startAccountRefresh } from '@/lib/credits/background'

const KEY = 'flm-key-of-user-1'

const pipeline = setUpPipeline()

test('asks about the accounts at its start, and waits for no answer when it is stopped', async () => {
  pipeline.upstream.keys = new Map([[KEY, 1]])
  await saveKey(await makeActor(await makeTeam(), 'owner'), { scope: 'own', key: KEY })
  let asked = 0
  pipeline.upstream.answerMe = () => void (asked += 1) // and never answers
  const refresh = startAccountRefresh()
  await expect.poll(() => asked).toBeGreaterThan(0)
  const stoppedAt = performance.now()
  await refresh.stop()
  expect(performance.now() - stoppedAt, 'a silent upstream is waited for a minute').toBeLessThan(20_000)
})
