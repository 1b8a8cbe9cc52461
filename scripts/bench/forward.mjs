// @ts-check
// The plainest proxy there is: parse, forward, parse, answer. Keeps nothing.
import http from 'node:http'

http
  .createServer({ keepAliveTimeout: 65_000 }, async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const body = JSON.stringify(JSON.parse(Buffer.concat(chunks).toString()))
    const answer = await fetch(`${process.env.UPSTREAM}${request.url}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    const text = JSON.stringify(await answer.json())
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text)
  })
  .listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.('ready'))
