// @ts-check
// Bare node:http answering one image from memory.
import fs from 'node:fs'
import http from 'node:http'

const bytes = fs.readFileSync(process.env.IMAGE ?? '')
http
  .createServer({ keepAliveTimeout: 65_000 }, (_request, response) =>
    response.writeHead(200, { 'content-type': 'image/webp', 'content-length': bytes.length }).end(bytes),
  )
  .listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.('ready'))
