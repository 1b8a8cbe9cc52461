import 'server-only'
import type { Locale } from '@/lib/i18n/locales'
import type { MailKind } from '@/lib/mail/letters'
import { writeLetter } from '@/lib/mail/letters'
import { addressOf, env } from '@/lib/platform/env'

export type Rendered = { subject: string; text: string; html: string }
type Given = { kind: MailKind; locale: Locale; toName: string; values: unknown }

const SUBJECT_MAX = 200

/** A mail as it is sent: the same words as text and as HTML. Its links begin with STUDIO_URL, whatever a request said. */
export async function renderMail({ kind, locale, toName, values }: Given): Promise<Rendered> {
  const letter = await writeLetter(kind, locale, values)
  const origin = env().STUDIO_URL ?? addressOf(env())
  const greeting = toName ? [letter.greet(oneLine(toName))] : []
  const action = letter.action && { label: letter.action.label, url: `${origin}${letter.action.path}` }
  const foot = letter.foot(new URL(origin).host)
  const body = [...greeting, ...letter.paragraphs]
  const { heading, note, copyLink } = letter
  const text = [
    ...body,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...(note ? [note] : []),
    `-- \n${foot}`,
  ]
  return {
    subject: oneLine(letter.subject).slice(0, SUBJECT_MAX),
    text: `${text.join('\n\n')}\n`,
    html: toHtml({ locale, heading, body, action, copyLink, note, foot }),
  }
}

/** A name or subject in one line: what ends a line, or cannot be seen, would let a name write headers of its own. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

type Page = {
  locale: Locale
  heading: string
  body: string[]
  action?: { label: string; url: string }
  copyLink: string
  note?: string
  foot: string
}

const FONT =
  "font-family:Pretendard,-apple-system,BlinkMacSystemFont,'Segoe UI','Apple SD Gothic Neo','Malgun Gothic',sans-serif"

/** Tables and inline styles, as mail programs want them; `color-scheme` lets them darken it themselves. */
function toHtml({ locale, heading, body, action, copyLink, note, foot }: Page): string {
  const paragraph = (text: string) =>
    `<p dir="auto" style="margin:0 0 16px;font-size:16px;line-height:1.6">${escapeHtml(text)}</p>`
  const small = (text: string) =>
    `<p dir="auto" style="margin:0 0 12px;font-size:13px;line-height:1.6;color:#6b6660">${text}</p>`
  const button =
    action &&
    `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="display:inline-block;padding:13px 22px;border-radius:10px;background:#f0c14b;color:#221a05;font-size:15px;font-weight:600;text-decoration:none">${escapeHtml(action.label)}</a></p>`
  const plainLink =
    action &&
    small(
      `${escapeHtml(copyLink)}<br><a href="${escapeHtml(action.url)}" style="color:#6b6660;word-break:break-all">${escapeHtml(action.url)}</a>`,
    )
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(heading)}</title></head>
<body style="margin:0;padding:0;background:#f4f2ee">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f2ee"><tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;background:#ffffff;border-radius:14px"><tr><td style="padding:36px 32px 24px;color:#1d1b18;${FONT};word-break:keep-all;overflow-wrap:anywhere">
<h1 dir="auto" style="margin:0 0 20px;font-size:22px;line-height:1.35;font-weight:600">${escapeHtml(heading)}</h1>
${[...body.map(paragraph), button, note && small(escapeHtml(note)), plainLink].filter(Boolean).join('\n')}
</td></tr></table>
<p style="margin:20px 0 0;font-size:12px;color:#6b6660;${FONT}">${escapeHtml(foot)}</p>
</td></tr></table>
</body></html>
`
}
