import { expect, test } from 'vitest'
import { DELETE, GET, PATCH, POST, PUT } from '@/app/api/[...unknown]/route'

const METHODS = { GET, POST, PUT, PATCH, DELETE }

test.each(Object.entries(METHODS))(
  'an address of the API that nothing answers is a problem document: %s',
  async (method, answer) => {
    const response = answer(new Request('http://127.0.0.1:3000/api/v1/none?a=b', { method }))
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
    const response = POST(new Request(`http://127.0.0.1:3000${path}`, { method: 'POST' }))
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ success: false, code: 404, data: 'not_found' })
  },
)
