import { randomUUID } from 'node:crypto'
import { freePort } from '@/e2e/support/child'
import { makeClient, type Client } from '@/e2e/support/client'
import { startNginx, type Nginx } from '@/e2e/support/nginx'
import { signInAt } from '@/e2e/support/sign-in'
import { startStudio, type Settings, type Studio } from '@/e2e/support/studio'
import type { FakeUpstream } from '@/e2e/support/upstream'
import type { S3Settings } from '@/lib/platform/storage-settings'

export type Cluster = {
  nginx: Nginx
  /** By name; a restart puts the next process in the place of the last one. */
  nodes: Map<string, Studio>
  node: (name: string) => Studio
  /** Through nginx. */
  client: Client
  /** Starts the node again on its own port and disk; it takes requests when this returns. */
  restart: (name: string) => Promise<Studio>
  stop: () => Promise<void>
}

type Shape = {
  web: number
  workers: number
  upstream: FakeUpstream
  store: S3Settings
  slots?: number
  databaseUrl?: string
}

/** Machines of one studio, each with a disk of its own: they share the database and an object store, and nothing else. */
export async function startCluster({
  web,
  workers,
  upstream,
  store,
  slots = 8,
  ...given
}: Shape): Promise<Cluster> {
  const databaseUrl = given.databaseUrl ?? process.env.DATABASE_URL ?? ''
  const port = await freePort()
  const env = {
    FLAMEL_API_KEY: 'flm-cluster',
    FLAMEL_API_URL: upstream.url,
    FLAMEL_SLOTS: String(slots),
    STUDIO_URL: `http://localhost:${port}`,
    TRUST_PROXY: 'on',
    STUDIO_DRAIN_WAIT_S: '1',
    STORAGE_URL: `s3://${store.bucket}/${randomUUID()}`,
    S3_ENDPOINT: store.endpoint,
    S3_ACCESS_KEY_ID: store.accessKeyId,
    S3_SECRET_ACCESS_KEY: store.secretAccessKey,
  }
  const nodes = new Map<string, Studio>()
  const start = async (name: string, more: Partial<Settings> & { env: Record<string, string> }) => {
    nodes.set(
      name,
      await startStudio({ databaseUrl, ...more, env: { STUDIO_NODE_NAME: name, ...env, ...more.env } }),
    )
  }
  const sends = { STUDIO_DISPATCHER: workers > 0 ? 'off' : 'on' }
  for (let at = 1; at <= web; at += 1) await start(`web-${at}`, { env: sends })
  for (let at = 1; at <= workers; at += 1)
    await start(`worker-${at}`, { env: { WORKER_PORT: String(await freePort()) }, isWorker: true })
  const node = (name: string): Studio => {
    const found = nodes.get(name)
    if (!found) throw new Error(`There is no node ${name}.`)
    return found
  }
  const urls = [...nodes].flatMap(([name, { url }]) => (name.startsWith('web') ? [url] : []))
  const nginx = await startNginx(port, urls)
  return {
    nginx,
    nodes,
    node,
    client: await makeClient({ url: nginx.url, signIn: (person) => signInAt(nginx.url, person) }),
    restart: async (name) => {
      const next = await startStudio(node(name).settings)
      nodes.set(name, next)
      return next
    },
    stop: async () => {
      await nginx.stop()
      await Promise.all([...nodes.values()].map((each) => each.stop()))
    },
  }
}
