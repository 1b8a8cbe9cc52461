// @ts-check
// Another's gateway, from its own program (GATEWAY); says when it answers.
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

process.argv.push(`--port=${process.env.PORT}`, '--headless')
await import(pathToFileURL(process.env.GATEWAY ?? '').href)
const answers = () =>
  fetch(`http://127.0.0.1:${process.env.PORT}/`).then(
    () => true,
    () => false,
  )
while (!(await answers())) await delay(100)
process.send?.('ready')
