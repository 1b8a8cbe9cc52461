import { expect, test } from 'vitest'
import * as noRoute from '@/app/api/[...path]/route'

test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const)(
  'an address of the API that nothing answers is a problem document: %s',
  async (method) => {
    const response = noRoute[method](new Request('http://127.0.0.1:3000/api/v1/none?a=b', { method }))
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
    expect(await response.json()).toMatchObject({
      ...{ code: 'not_found', status: 404, title: 'not found' },
      detail: `The API has no ${method} /api/v1/none.`,
    })
  },
)

test.each(['/api/images/1/upsize', '/api/users/you'])(
  'one of Flamel’s is told in its envelope: %s',
  async (path) => {
    const response = noRoute.POST(new Request(`http://127.0.0.1:3000${path}`, { method: 'POST' }))
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ success: false, code: 404, data: 'not_found' })
  },
)
