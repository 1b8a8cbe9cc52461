// @ts-check
// `npm run build`, for an image: everything that `npm start --built` then takes as it is. Packages are installed already.
import { buildWhenStale, generateClient } from './setup.mjs'
import { Refusal, step } from './steps.mjs'

try {
  await step(generateClient)
  await step((say) => buildWhenStale(say))
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error)
  process.exit(1)
}
