// @ts-check
// `npm start`, `npm run dev` (--dev), `npm run worker` (--worker), `npm run web` (--web). Old syntax on purpose: an old Node must get as far as the sentence below.
import { readFileSync } from 'fs'

const wanted = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
).engines.node.replace('>=', '')
const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  console.error(`Flamel Studio needs Node.js ${wanted} or newer; this is ${process.versions.node}.`)
  process.exitCode = 1
} else {
  void import('./launch.mjs').then(({ launch }) => launch(process.argv.slice(2)))
}
