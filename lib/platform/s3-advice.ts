type Setting = 'ENDPOINT' | 'REGION' | 'ACCESS_KEY_ID' | 'SECRET_ACCESS_KEY'

/**
 * Why a store cannot be used, in words for its operator. `variable` gives the full name of the one that says the
 * endpoint, the region or a key.
 */
export function adviceFor(
  error: unknown,
  variable: (name: Setting) => string = (name) => `S3_${name}`,
): string {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : -1
  const reason = error instanceof Error && 'reason' in error ? String(error.reason) : String(error)
  const said = reason || String(status)
  if (status === 0) return `it cannot be reached (${said}): check ${variable('ENDPOINT')}.`
  if (status === 404) return `it has no such bucket (${said}): make it, or name another.`
  if (status === 301 || reason === 'AuthorizationHeaderMalformed')
    return `the bucket is in another region (${said}): set ${variable('REGION')}.`
  if (reason === 'RequestTimeTooSkewed') return `the clock of this machine is wrong (${said}).`
  if (status === 401 || /^(InvalidAccessKeyId|SignatureDoesNotMatch)$/.test(reason))
    return `it does not know the access key (${said}): check ${variable('ACCESS_KEY_ID')} and ${variable('SECRET_ACCESS_KEY')}.`
  if (status === 403)
    return `the access key may not list, read, write and delete in it (${said}): give it these rights.`
  return `it answered ${said}.`
}
