import { describe, expect, test } from 'vitest'
import { backupTarget } from '@/lib/platform/backup-settings'
import { addressOf, parseEnv } from '@/lib/platform/env'
import { s3Settings } from '@/lib/platform/storage-settings'

test.each([
  ['https://studio.example.com', 'https://studio.example.com'],
  ['https://studio.example.com/', 'https://studio.example.com'],
  ['HTTPS://Studio.Example.com:443', 'https://studio.example.com'],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
  ['https://스튜디오.한국', 'https://xn--2z1b50x3uc0yr.xn--3e0b707e'],
])('STUDIO_URL may be %s', (given, kept) => {
  expect(parseEnv({ STUDIO_URL: given }).STUDIO_URL).toBe(kept)
})

test.each([
  ['https://studio.example.com/app', 'without a path (/app)'],
  ['https://studio.example.com//', 'without a path (//)'],
  ['https://studio.example.com/?', 'without a query or a fragment (?)'],
  ['https://studio.example.com?team=a', 'without a query'],
  ['https://studio.example.com/#here', 'without a query or a fragment'],
  ['https://me:secret@studio.example.com', 'without a user or a password'],
  ['studio.example.com', 'with http:// or https:// in front'],
  ['localhost:3000', 'with http:// or https:// in front'],
  ['ftp://studio.example.com', 'with http:// or https:// in front'],
  ['javascript://studio.example.com', 'with http:// or https:// in front'],
  ['https:/studio.example.com', 'with http:// or https:// in front'],
  ['https://', 'must be an address'],
  ['https://studio.example.com;', 'must be an address'],
  ['https://studio.example.com.', 'must be an address'],
  ['https://studio.example.com:', 'must be an address'],
  ['https://studio.example.com:99999', 'must be an address'],
  ['https://studio.example.com junk', 'must be an address'],
  ['https://studio.example.com,https://other.example', 'must be an address'],
  ['"https://studio.example.com"', 'must be an address'],
])('STUDIO_URL may not be %s', (given, reason) => {
  expect(() => parseEnv({ STUDIO_URL: given })).toThrow(/^STUDIO_URL must be an address[^\n]*\.$/)
  expect(() => parseEnv({ STUDIO_URL: given })).toThrow(reason)
})

test.each([
  ['PORT', '0'],
  ['PORT', '70000'],
  ['PORT', '3000abc'],
  ['PORT', '0x10'],
  ['SANDBOX_PORT', '-1'],
  ['HOST', 'http://localhost'],
  ['HOST', 'localhost:3000'],
  ['HOST', '::1]'],
  ['HOST', 'a b'],
  ['FLAMEL_API_URL', 'https://beta.flamel.app?key=1'],
  ['FLAMEL_API_URL', 'https://me:secret@beta.flamel.app'],
  ['FLAMEL_API_URL', 'beta.flamel.app'],
  ['FLAMEL_API_KEY', 'flm key'],
  ['FLAMEL_API_KEY', 'flm-key\n'],
  ['FLAMEL_API_KEY', '키'],
  ['FLAMEL_SLOTS', '1.5'],
  ['FLAMEL_SLOTS', '65'],
  ['FLAMEL_TIMEOUT_S', '3 minutes'],
  ['DATABASE_URL', 'mysql://localhost/studio'],
  ['DATABASE_URL', 'postgresql://studio:a#b@localhost:5432/studio'],
  ['DATABASE_URL', 'postgresql://studio@db.example.com/studio?sslmode=on'],
  ['DATABASE_URL', 'postgresql://studio@db.example.com/studio?sslmode=verify-ca'],
  ['DATABASE_DIRECT_URL', 'postgresql://studio@db.example.com/studio?sslmode=verify-ca&sslrootcert=system'],
  ['STUDIO_SECRET', 'short'],
  ['STUDIO_OWNER_EMAIL', 'nobody'],
  ['STUDIO_OWNER_PASSWORD', 'short'],
  ['STUDIO_TIME_ZONE', 'Seoul'],
  ['STUDIO_QUEUE_WAIT_S', '0'],
  ['STUDIO_DISPATCHER', 'true'],
  ['TRUST_PROXY', '1'],
  ['BACKUP_DIR', './data/backups'],
  ['BACKUP_DIR', 's3://Bucket'],
  ['BACKUP_DIR', 's3://me:secret@bucket'],
  ['BACKUP_DIR', 's3:/bucket'],
  ['BACKUP_DIR', 's3://bucket'], // without keys
  ['BACKUP_S3_ENDPOINT', 'minio:9000'],
  ['BACKUP_S3_SECRET_ACCESS_KEY', 'a secret'],
  ['BACKUP_AT', '24:00'],
  ['BACKUP_KEEP', '0'],
  ['LOG_LEVEL', 'loud'],
  ['STORAGE_URL', 'https://bucket.s3.amazonaws.com'],
  ['STORAGE_URL', 's3://'],
  ['STORAGE_URL', 's3://Bucket'],
  ['STORAGE_URL', 's3://me:secret@bucket'],
  ['STORAGE_URL', 's3://bucket/../other'],
  ['STORAGE_URL', 's3://bucket/a b'],
  ['STORAGE_URL', 's3://bucket?region=x'],
  ['STORAGE_CACHE_MB', '-1'],
  ['S3_ENDPOINT', 'minio:9000'],
  ['S3_ENDPOINT', 'https://minio.example.com/bucket'],
  ['S3_REGION', 'eu central'],
  ['S3_SECRET_ACCESS_KEY', 'a secret'],
  ['S3_PATH_STYLE', 'yes'],
])('a wrong %s (%j) is one sentence that names it and repeats no secret', (name, value) => {
  const sentence = new RegExp(`^${name} [^\\n]+\\.$`)
  expect(() => parseEnv({ [name]: value })).toThrow(sentence)
  expect(() => parseEnv({ [name]: value })).not.toThrow(/Invalid|expected|flm|secret/)
})

test.each([
  ['127.0.0.1', 'http://localhost:3000'],
  ['localhost', 'http://localhost:3000'],
  ['0.0.0.0', 'http://localhost:3000'],
  ['::', 'http://localhost:3000'],
  ['[::]', 'http://localhost:3000'],
  ['::1', 'http://[::1]:3000'],
  ['[::1]', 'http://[::1]:3000'],
  ['192.0.2.7', 'http://192.0.2.7:3000'],
  ['studio.lan', 'http://studio.lan:3000'],
])('what listens on %s is reached at %s', (HOST, address) => {
  expect(addressOf(parseEnv({ HOST }))).toBe(address)
})

const STORE = { STORAGE_URL: 's3://bucket', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'key' }
const keys = { accessKeyId: 'id', secretAccessKey: 'key' }

test.each([
  [
    {},
    { endpoint: 'https://s3.us-east-1.amazonaws.com', region: 'us-east-1', prefix: '', isPathStyle: false },
  ],
  [
    { STORAGE_URL: 's3://bucket/a/b/', S3_REGION: 'ap-northeast-2' },
    { prefix: 'a/b/', region: 'ap-northeast-2' },
  ],
  [{ S3_ENDPOINT: 'http://minio:9000' }, { endpoint: 'http://minio:9000', isPathStyle: true }],
  [{ S3_ENDPOINT: 'https://s3.example.com', S3_PATH_STYLE: 'off' }, { isPathStyle: false }],
])('an object store is set by an address and keys, and %j', (given, meant) => {
  const settings = s3Settings(parseEnv({ ...STORE, ...given }))
  expect(settings).toMatchObject({ bucket: 'bucket', ...keys, ...meant })
})

test('an object store needs its keys, and its keys alone are none', () => {
  for (const name of ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'])
    expect(() => parseEnv({ ...STORE, [name]: '' })).toThrow(`${name} must be set when STORAGE_URL is.`)
  expect(s3Settings(parseEnv({ ...STORE, STORAGE_URL: '' }))).toBeNull()
})

const MAIL = {
  SMTP_URL: 'smtp://me:p%40ss@mail.example.com:587',
  MAIL_FROM: 'Flamel Studio <studio@example.com>',
}

test('mail is set by a server and a sender', () => {
  expect(parseEnv(MAIL).MAIL_FROM).toEqual({ name: 'Flamel Studio', address: 'studio@example.com' })
  expect(parseEnv({ ...MAIL, MAIL_FROM: 'studio@example.com' }).MAIL_FROM).toMatchObject({ name: '' })
})

test.each([
  [{ ...MAIL, MAIL_FROM: '' }, 'MAIL_FROM must be set when SMTP_URL is'],
  [{ ...MAIL, MAIL_FROM: 'Studio' }, 'MAIL_FROM must be an address'],
  [{ ...MAIL, MAIL_FROM: 'A\r\nBcc: x@example.com <studio@example.com>' }, 'MAIL_FROM must be an address'],
  [{ ...MAIL, SMTP_URL: 'https://mail.example.com' }, 'SMTP_URL must be an address'],
  [{ ...MAIL, SMTP_URL: 'smtp://mail.example.com/path' }, 'SMTP_URL must be an address'],
  [{ ...MAIL, SMTP_URL: 'smtp://mail.example.com?ignoreTLS=true' }, 'SMTP_URL must be an address'],
  [{ ...MAIL, SMTP_URL: 'smtp://me:50%@mail.example.com' }, 'SMTP_URL has a %'],
  [{ ...MAIL, HOST: '0.0.0.0' }, 'STUDIO_URL must be set when SMTP_URL is'],
  [{ ...MAIL, TRUST_PROXY: 'on' }, 'STUDIO_URL must be set when SMTP_URL is'],
])('mail is refused with %j', (given, reason) => expect(() => parseEnv(given)).toThrow(reason))

const onPort = 'postgresql://studio:p%40ss@db.example.com:6543/studio'
test.each([
  [onPort, onPort],
  [`${onPort}?host=%2Ftmp`, `${onPort}?host=%2Ftmp`],
  [`${onPort}?sslmode=require`, `${onPort}?sslmode=require&uselibpqcompat=true`],
  [
    `${onPort}?sslmode=verify-full&sslrootcert=/etc/ca.pem`,
    `${onPort}?sslmode=verify-full&sslrootcert=/etc/ca.pem&uselibpqcompat=true`,
  ],
  [`${onPort}?sslmode=verify-full&sslrootcert=system`, `${onPort}?sslmode=verify-full&uselibpqcompat=true`],
  [`${onPort}?sslrootcert=system&sslmode=verify-full`, `${onPort}?sslmode=verify-full&uselibpqcompat=true`],
  [`${onPort}?sslmode=no-verify`, `${onPort}?sslmode=no-verify`],
])('DATABASE_URL %s is read as psql reads it, once', (given, kept) => {
  expect(parseEnv({ DATABASE_URL: given }).DATABASE_URL).toBe(kept)
  expect(parseEnv({ DATABASE_URL: kept }).DATABASE_URL).toBe(kept)
})

describe('backups in a bucket', () => {
  const targetOf = (given: Record<string, string>) => {
    const env = parseEnv({ ...STORE, ...given })
    return backupTarget(env.BACKUP_DIR ?? '', env)
  }

  test('have the endpoint and the keys of S3_…, also where the disk has the images', () => {
    const given = { STORAGE_URL: '', BACKUP_DIR: 's3://kept/studio', S3_ENDPOINT: 'http://minio:9000' }
    expect(targetOf(given)).toEqual({
      bucket: {
        ...{ ...keys, bucket: 'kept', prefix: 'studio/', endpoint: 'http://minio:9000' },
        ...{ region: 'us-east-1', isPathStyle: true },
      },
    })
  })

  test('have what BACKUP_S3_… says instead', () => {
    const other = {
      BACKUP_DIR: 's3://bucket',
      BACKUP_S3_ENDPOINT: 'https://backup.example.com',
      BACKUP_S3_REGION: 'eu-central-1',
      BACKUP_S3_ACCESS_KEY_ID: 'other',
      BACKUP_S3_SECRET_ACCESS_KEY: 'another',
      BACKUP_S3_PATH_STYLE: 'off',
    }
    expect(targetOf(other)).toEqual({
      bucket: {
        ...{ bucket: 'bucket', prefix: '', endpoint: 'https://backup.example.com', region: 'eu-central-1' },
        ...{ accessKeyId: 'other', secretAccessKey: 'another', isPathStyle: false },
      },
    })
  })

  test.each(['s3://bucket', 's3://bucket/', 's3://bucket/backups'])(
    'are not kept among the images, as %s would',
    (BACKUP_DIR) => {
      expect(() => parseEnv({ ...STORE, BACKUP_DIR })).toThrow(/^BACKUP_DIR must not lie in STORAGE_URL: /)
      const STORAGE_URL = 's3://bucket/images'
      expect(parseEnv({ ...STORE, STORAGE_URL, BACKUP_DIR }).BACKUP_DIR).toBe(BACKUP_DIR)
    },
  )
})
