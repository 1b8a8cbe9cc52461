/** Where anybody can have an address: one of these would open the team to everybody. */
const PUBLIC = new Set([
  ...['gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'yahoo.com'],
  ...['icloud.com', 'me.com', 'mac.com', 'proton.me', 'protonmail.com', 'gmx.com', 'gmx.net', 'aol.com'],
  ...['naver.com', 'hanmail.net', 'daum.net', 'kakao.com', 'nate.com', 'hotmail.co.kr', 'yahoo.co.kr'],
  ...['qq.com', '163.com', '126.com', 'yahoo.co.jp', 'users.noreply.github.com', 'mail.com', 'zoho.com'],
])

const DOMAIN = /^(?=.{4,253}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]*[a-z\d]$/

/** `not_a_domain`, `public` (anybody has an address there), or undefined when people of it may be let in. */
export function domainProblem(domain: string): 'not_a_domain' | 'public' | undefined {
  if (!DOMAIN.test(domain)) return 'not_a_domain'
  return PUBLIC.has(domain) ? 'public' : undefined
}

/** The domains in what somebody typed: with commas, blanks or lines between them, an `@` in front or not. */
export function domainsIn(text: string): string[] {
  const words = text.toLowerCase().split(/[\s,;]+/)
  return [...new Set(words.map((word) => word.replace(/^@/, '')).filter(Boolean))]
}

export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1)
