const extensions: Record<string, string> = {
  'image/webp': 'webp',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/avif': 'avif',
}

/** `spring-tea-03.webp`: the link's title and the picture's place from 0, without anything that a file system or a header minds. */
export function pictureFileName({ title, place, mimeType }: Named): string {
  const stem = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  const number = String(place + 1).padStart(2, '0')
  return `${stem || 'picture'}-${number}.${extensions[mimeType] ?? 'bin'}`
}

type Named = { title: string; place: number; mimeType: string }

/** The Content-Disposition of a download: the name in ASCII for old programs, and whole (RFC 8187) for all others. */
export function attachment(named: Named): string {
  const name = pictureFileName(named)
  const plain = name.replace(/[^\w.-]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`
}
