import type { Shot } from '@/scripts/bench/load'

/** A create of a Flamel client at the program of `url`; `prompt` makes it another than those before. */
export const createAt = (url: string, given: { apiKey: string; prompt: string; sample: number }): Shot => ({
  url: `${url}/api/images/create`,
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-api-key': given.apiKey },
  body: JSON.stringify({ prompt: given.prompt, styleId: 352, ratio: '1:1', sample: given.sample }),
  expected: 201,
})
