import { startSandbox } from '@/e2e/support/sandbox'
import { startStudio } from '@/e2e/support/studio'
import { fillStudio } from '@/scripts/bench/pages'
import { teamPath } from '@/scripts/bench/sign-in'
import { setStage } from '@/scripts/bench/stage'
async function main() {
  const stage = await setStage()
  const sandbox = await startSandbox()
  const studio = await startStudio({ databaseUrl: await stage.newDatabase('pages'), env: { SANDBOX_PORT: String(sandbox.port) } })
  const cookie = await studio.signIn()
  const team = `${studio.url}${await teamPath(studio.url, cookie)}`
  const link = await fillStudio(studio.url, cookie)
  require('node:fs').writeFileSync('/tmp/hold.json', JSON.stringify({ url: studio.url, cookie, team, link, dropin: stage.studio.url, key: stage.apiKey, pid: stage.studio.pid }))
  console.log('ready')
  await new Promise((r) => process.once('SIGTERM', r))
  await studio.stop(); await sandbox.stop(); await stage.end()
  process.exit(0)
}
main().catch((e) => { console.error(e); process.exit(1) })
