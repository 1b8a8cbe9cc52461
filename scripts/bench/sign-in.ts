/** A cookie header as the cookies of a browser. */
export function cookiesFor(url: string, header: string) {
  return header.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { url, name: pair.slice(0, at), value: pair.slice(at + 1) }
  })
}

/** The path of the person's first team, such as `/t/studio`. */
export async function teamPath(url: string, cookie: string): Promise<string> {
  const teams = await fetch(`${url}/api/v1/teams`, { headers: { cookie } })
  const { items }: { items: { slug: string }[] } = await teams.json()
  return `/t/${items[0]?.slug}`
}
