import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from '@playwright/test'
import { test } from './support/browser-test'
import { signIn } from './support/create-page'

/** A proxy that asks the studio by a name of its own instead of the one that was asked. */
async function startProxy(studio: string, host: string) {
  const server = http.createServer((request, response) => {
    const headers = { ...request.headers, host }
    const onward = http.request(new URL(request.url ?? '/', studio), { method: request.method, headers })
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  return {
    url: `http://localhost:${port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('behind a proxy that passes another host, the sign-in page says so, and what to set', async ({
  page,
  baseURL,
}) => {
  const proxy = await startProxy(baseURL ?? '', 'studio.internal')
  await page.goto(`${proxy.url}/sign-in`)
  await expect(page.getByText('Nobody can sign in at this address')).toBeVisible()
  await expect(page.getByText(`This page was opened at ${proxy.url}`)).toContainText('studio.internal')
  await expect(page.getByText(`STUDIO_URL=${proxy.url}`, { exact: true })).toBeVisible()
  await signIn(page)
  await expect(page.getByText('opened at another address than the studio’s own')).toBeVisible()
  await page.goto(`${baseURL}/sign-in`)
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
  await expect(page.getByText('Nobody can sign in at this address')).toHaveCount(0)
  proxy.close()
})

test('an address of the API that nothing answers is told in JSON, not by a page', async ({ request }) => {
  const none = await request.get('/api/v1/none')
  expect([none.status(), none.headers()['content-type']]).toEqual([404, 'application/problem+json'])
  const flamels = await request.post('/api/images/1/upsize')
  expect([flamels.status(), await flamels.json()]).toEqual([
    404,
    { success: false, code: 404, data: 'not_found' },
  ])
})
