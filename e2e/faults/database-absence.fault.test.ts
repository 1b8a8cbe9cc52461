import { afterAll, beforeAll, expect, test } from 'vitest'
import { absentUnderLoad, prepareAbsence, restartOf, type AbsenceStage } from '@/e2e/support/database-absence'

/** As when the server is upgraded, and when its machine dies. The long absences are in e2e/scale. */
let stage: AbsenceStage
beforeAll(async () => {
  stage = await prepareAbsence()
})
afterAll(() => stage?.stop())

test.each([
  ['is restarted', 'SIGINT', 0],
  ['is killed and away for three seconds', 'SIGKILL', 3],
] as const)(
  'a database that %s under load: 503, nothing lost, back by itself',
  async (_name, signal, awayS) => {
    await absentUnderLoad(stage, restartOf(stage, { signal, awayS }))
    expect((await fetch(`${stage.studio.url}/api/health`)).status).toBe(200)
  },
)
