import 'server-only'
import { isIPv4, isIPv6 } from 'node:net'

/** Translated IPv4 (NAT64): its visitors share the prefix, but each has an address of their own. */
const NAT64 = '64:ff9b:0:0:0:0'
const MAPPED = '0:0:0:0:0:ffff'

/**
 * What attempts from an address are counted for: an IPv4 address itself, also when it comes in IPv6 clothes, and of
 * IPv6 the /64, which is the least that one subscriber has to themselves. Null when it is no address.
 */
export function networkOf(address: string): string | null {
  const bare = withoutPort(address.trim())
  if (isIPv4(bare)) return bare
  if (!isIPv6(bare)) return null
  const words = wordsOf(bare)
  const head = words.slice(0, 6).join(':')
  if (head === MAPPED || head === NAT64) return dotted(words.slice(6))
  return `${words.slice(0, 4).join(':')}::/64`
}

/** Some proxies write `192.0.2.1:50123` or `[2001:db8::1]:50123`; a zone (`%eth0`) names an interface, not a place. */
function withoutPort(address: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1]
  return (bracketed ?? address.replace(/^([\d.]+):\d+$/, '$1')).replace(/%.*$/, '')
}

/** The eight numbers of an IPv6 address, in hex without leading zeros. */
function wordsOf(address: string): string[] {
  const [before = '', after] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const [first, last] = [before, after ?? ''].map((part) => part.split(':').filter(Boolean))
  if (after === undefined) return first ?? []
  const gap = 8 - (first?.length ?? 0) - (last?.length ?? 0)
  return [...(first ?? []), ...Array.from({ length: gap }, () => '0'), ...(last ?? [])]
}

function dotted(words: string[]): string {
  return words
    .map((word) => Number.parseInt(word, 16))
    .flatMap((word) => [word >> 8, word & 255])
    .join('.')
}
