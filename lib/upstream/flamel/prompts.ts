import 'server-only'
import { z } from 'zod'
import { ask, jsonBody, jsonReader } from '@/lib/upstream/flamel/ask'
import { cleanText } from '@/lib/upstream/flamel/clean'
import type { Caption, EnhancedPrompt } from '@/lib/upstream/image-service'
import type { AskOptions, Reply, Upstream } from '@/lib/upstream/outcome'

/** As long as a prompt that led to another may be (lib/upstream/schema). */
const PROMPT_MAX = 8000
const text = z.unknown().transform((value) => cleanText(value, PROMPT_MAX))

const enhanced = z.object({ initialPrompt: text.optional(), enhancedPrompt: text.pipe(z.string()) })

const caption = z.object({ captionPrompt: text.pipe(z.string()), captionTPrompt: text.optional() })

/** POST /api/images/textToPrompt: a richer prompt for what a person wrote, in the manner of a style when one is given. */
export function textToPrompt(
  upstream: Upstream,
  input: { text: string; styleId?: number },
  options: AskOptions = {},
): Promise<Reply<EnhancedPrompt>> {
  const reader = jsonReader((json) => enhanced.safeParse(json).data ?? null)
  const question = { method: 'POST' as const, path: '/api/images/textToPrompt', reader, ...jsonBody(input) }
  return ask(upstream, question, options)
}

/** POST /api/images/imageToPrompt: words for a reference image, given by its upstream path. */
export function imageToPrompt(
  upstream: Upstream,
  { image, language }: { image: string; language: 'ko' | 'en' },
  options: AskOptions = {},
): Promise<Reply<Caption>> {
  const reader = jsonReader((json) => caption.safeParse(json).data ?? null)
  const { body, headers } = jsonBody({ image })
  const question = { method: 'POST' as const, path: '/api/images/imageToPrompt', reader, body }
  return ask(upstream, { ...question, headers: { ...headers, 'Accept-Language': language } }, options)
}
