const SLUG_MAX = 40

/** Small letters, digits and single hyphens between them; nothing that could be read as an id. */
export function isTeamSlug(text: string): boolean {
  return (
    text.length <= SLUG_MAX &&
    /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) &&
    !/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(text)
  )
}

/** An address for a team of this name: its Latin letters and digits, or `team` when it has none (`온다 스튜디오`). */
export function slugFor(name: string): string {
  const latin = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
  const slug = latin
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_MAX - 6)
    .replace(/^-+|-+$/g, '')
  return isTeamSlug(slug) ? slug : 'team'
}
