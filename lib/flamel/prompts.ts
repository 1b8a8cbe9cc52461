import { z } from 'zod'
import { ask, jsonBody, jsonReader, type AskOptions, type Reply } from '@/lib/flamel/ask'
import type { Upstream } from '@/lib/flamel/client'

const enhanced = z.object({
  initialPrompt: z.string().optional().catch(undefined),
  enhancedPrompt: z.string().min(1),
})
export type EnhancedPrompt = z.infer<typeof enhanced>

const caption = z.object({
  captionPrompt: z.string().min(1),
  captionTPrompt: z.string().optional().catch(undefined),
})
export type Caption = z.infer<typeof caption>

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

/** POST /api/images/imageToPrompt: words for a reference picture, given by its upstream path. */
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
