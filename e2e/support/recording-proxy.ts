import http from 'node:http'

export type RecordingProxy = {
  url: string
  keysSeen: string[]
  /** Requests under way, and how many answers of `target` it has had to their last byte. */
  counts: { underWay: number; whole: number }
  stop: () => Promise<void>
}

/** Stands in for Flamel at another address: passes everything to `target` and remembers which keys came along. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const keysSeen: string[] = []
  const counts = { underWay: 0, whole: 0 }
  const server = http.createServer((request, response) => {
    const key = request.headers['x-api-key']
    if (typeof key === 'string') keysSeen.push(key)
    const onward = http.request(
      new URL(request.url ?? '/', target),
      { method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
        answer.on('error', () => response.destroy())
        answer.on('end', () => (counts.whole += 1))
      },
    )
    counts.underWay += 1
    onward.once('close', () => (counts.underWay -= 1))
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy()) // whose client went away needs no answer
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, keysSeen, counts, stop }
}
