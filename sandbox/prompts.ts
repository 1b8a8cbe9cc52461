import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { z } from 'zod'
import { codePoints, PROMPT_MAX } from '@/lib/upstream/limits'
import { captionOf, type Look } from '@/sandbox/caption'
import type { Answer, Context, Exchange } from '@/sandbox/context'
import { withoutDirectives } from '@/sandbox/directives'
import { parseJson, readBody } from '@/sandbox/http'
import { envelope, refusalAnswer } from '@/sandbox/refusals'
import { COLLECTION, PUBLISHED_REFERENCE, referenceBytes } from '@/sandbox/sources'
import { findSandboxStyle } from '@/sandbox/styles'

const textRequest = z.looseObject({
  text: z.string().min(1).max(4000),
  styleId: z.number().nullish(),
})
const imageRequest = z.looseObject({ image: z.string().min(1).max(1000) })

const additions = {
  ko: {
    frame: ['넓은 화면 구도', '삼분할 구도', '가까이 당긴 구도', '여백이 넉넉한 구도', '낮은 눈높이'],
    light: ['부드러운 아침 빛', '비스듬한 저녁 햇살', '은은한 달빛', '창으로 드는 옅은 빛', '안개에 번진 빛'],
    mood: ['고요하고 따뜻한 분위기', '맑고 서늘한 분위기', '꿈결 같은 분위기', '이야기가 있는 분위기'],
    detail: ['섬세한 질감', '절제된 색', '겹겹이 쌓인 깊이', '또렷한 윤곽'],
    style: (name: string) => `${name} 느낌`,
  },
  en: {
    frame: [
      'wide composition',
      'rule of thirds',
      'close framing',
      'generous negative space',
      'low viewpoint',
    ],
    light: [
      'soft morning light',
      'slanting evening sun',
      'gentle moonlight',
      'pale window light',
      'light in mist',
    ],
    mood: ['calm, warm mood', 'clear, cool mood', 'dreamlike mood', 'a sense of story'],
    detail: ['fine texture', 'restrained palette', 'layered depth', 'crisp outlines'],
    style: (name: string) => `in the manner of ${name}`,
  },
}

/** POST /api/images/textToPrompt: what was written, with words for frame, light, mood and detail. The same text gives the same words. */
export async function textToPrompt({ ledger }: Context, { request }: Exchange): Promise<Answer> {
  const body = await readBody(request, 64 << 10)
  const parsed = textRequest.safeParse(body && parseJson(body))
  if (!parsed.success)
    return envelope(400, `validation_failed (${parsed.error.issues[0]?.path.join('.') || 'body'})`)
  const { text, styleId } = parsed.data
  const style = styleId == null ? undefined : findSandboxStyle(styleId)
  if (styleId != null && !style)
    return refusalAnswer('no_style_with_that_id', String(styleId)) ?? { status: 404, body: null }
  const isKorean = /\p{Script=Hangul}/u.test(text)
  const words = isKorean ? additions.ko : additions.en
  const hash = createHash('sha256')
    .update(`${text}\n${styleId ?? ''}`)
    .digest()
  const pick = (list: string[], at: number) => list[(hash[at] ?? 0) % list.length] ?? ''
  const added = [pick(words.frame, 0), pick(words.light, 1), pick(words.mood, 2), pick(words.detail, 3)]
  if (style) added.unshift(words.style(isKorean ? style.nameKo : style.nameEn))
  const enhancedPrompt = withinLimit([text.trim().replace(/[.,;\s]+$/, ''), ...added])
  const ttpLogId = ledger.entries().at(-1)?.number ?? 0
  return { status: 201, body: { initialPrompt: text, enhancedPrompt, ttpLogId } }
}

/** POST /api/images/imageToPrompt: what a reference looks like, in English and Korean. */
export async function imageToPrompt({ store }: Context, { request }: Exchange): Promise<Answer> {
  const body = await readBody(request, 64 << 10)
  const parsed = imageRequest.safeParse(body && parseJson(body))
  if (!parsed.success) return envelope(400, 'validation_failed (image)')
  const { image } = parsed.data
  if (image === PUBLISHED_REFERENCE) return { status: 201, body: captionOf(await look(publishedImage)) }
  const own = /^\d{1,16}$/.test(image)
    ? (COLLECTION.get(Number(image)) ?? store.findRecipe(Number(image)))
    : undefined
  if (own) {
    const words = withoutDirectives(own.prompt)
    return { status: 201, body: { captionPrompt: words, captionTPrompt: words } }
  }
  const bytes = referenceBytes(image, store)
  if (!bytes) return refusalAnswer('no_input_image', image) ?? { status: 404, body: null }
  return { status: 201, body: captionOf(await look(bytes)) }
}

const publishedImage = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="40" fill="#e8b07a"/><rect y="40" width="64" height="24" fill="#3b4a5c"/></svg>',
)

async function look(bytes: Buffer): Promise<Look> {
  const image = sharp(bytes, { limitInputPixels: 40_000_000 }).rotate()
  const { width, height } = await image.metadata()
  const { data } = await image
    .resize(16, 16, { fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width, height, pixels: data }
}

function withinLimit(parts: string[]): string {
  const kept: string[] = []
  for (const part of parts) if (codePoints([...kept, part].join(', ')) <= PROMPT_MAX) kept.push(part)
  return kept.join(', ')
}
