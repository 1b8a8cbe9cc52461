// @ts-check
// Ends with 0 when the studio (or the worker) of this environment answers: the health check of an image without curl.
const isWorker = process.argv.includes('--worker')
const port = (isWorker ? process.env.WORKER_PORT : process.env.PORT) || '3000'
const answer = await fetch(`http://127.0.0.1:${port}/livez`, { signal: AbortSignal.timeout(4_000) }).catch(
  () => null,
)
process.exit(answer?.ok ? 0 : 1)
