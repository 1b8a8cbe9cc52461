import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { AwsClient } from 'aws4fetch'
import { freePort } from '@/e2e/support/child'
import { provide } from '@/e2e/support/debian-packages'
import { waitUntil } from '@/scripts/processes.mjs'
import type { S3Settings } from '@/lib/platform/storage-settings'

const PROGRAMS = ['ceph', 'ceph-mon', 'ceph-osd', 'radosgw', 'radosgw-admin']
const WHO = { accessKeyId: 'STUDIO', secretAccessKey: 'the-secret-of-the-store' }
const BUCKET = 'studio'
const servers: ChildProcess[] = []

/**
 * For the run: Ceph's object gateway on this machine (one monitor, one store in memory, all on loopback), which speaks the
 * S3 of a real product. Installed from Debian's packages where it is not there yet and that can be done.
 */
export default async function startObjectStore() {
  provide(PROGRAMS, ['radosgw', 'ceph-mon', 'ceph-osd'])
  const home = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'studio-ceph-'))
  const port = await freePort()
  try {
    await startCluster(home, port)
    const settings: S3Settings = {
      ...{ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', bucket: BUCKET, prefix: '' },
      ...WHO,
      isPathStyle: true,
    }
    await makeBucket(settings)
    process.env.OBJECT_STORE_UNDER_TEST = JSON.stringify(settings)
  } catch (error) {
    await stopCluster(home)
    throw error
  }
  return () => stopCluster(home)
}

async function startCluster(home: string, port: number): Promise<void> {
  for (const folder of ['mon', 'osd', 'run', 'rgw', 'log']) fs.mkdirSync(path.join(home, folder))
  const [fsid, osdId, config, keyring] = [randomUUID(), randomUUID(), `${home}/ceph.conf`, `${home}/keyring`]
  const [v2, v1] = [await freePort(), await freePort()]
  fs.writeFileSync(config, configOf({ home, fsid, port, v2, v1 }))
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, {
      env: { ...process.env, CEPH_CONF: config },
      stdio: 'ignore',
      timeout: 60_000,
    })
  const ceph = (...args: string[]) => run('ceph', '-c', config, ...args)

  run('ceph-authtool', '-C', keyring, '--gen-key', '-n', 'mon.', '--cap', 'mon', 'allow *')
  const all = ['--cap', 'mon', 'allow *', '--cap', 'osd', 'allow *', '--cap', 'mgr', 'allow *']
  for (const name of ['client.admin', 'client.rgw'])
    run('ceph-authtool', keyring, '--gen-key', '-n', name, ...all)
  const osdCaps = ['--cap', 'mon', 'allow profile osd', '--cap', 'osd', 'allow *']
  run('ceph-authtool', keyring, '--gen-key', '-n', 'osd.0', ...osdCaps)
  const addresses = `[v2:127.0.0.1:${v2},v1:127.0.0.1:${v1}]`
  run('monmaptool', '--create', '--fsid', fsid, '--addv', 'a', addresses, `${home}/monmap`)
  run('ceph-mon', '-c', config, '--mkfs', '-i', 'a', '--monmap', `${home}/monmap`, '--keyring', keyring)
  serve('ceph-mon', '-c', config, '-i', 'a')
  ceph('osd', 'new', osdId)
  run('ceph-osd', '-c', config, '-i', '0', '--mkfs', '--osd-uuid', osdId)
  serve('ceph-osd', '-c', config, '-i', '0')
  ceph('osd', 'crush', 'add', 'osd.0', '1.0', 'root=default', 'host=here')
  const isUp = () =>
    spawnSync('ceph', ['-c', config, 'osd', 'stat'], { encoding: 'utf8' }).stdout.includes('1 up')
  await waitUntil(isUp, { timeoutMs: 60_000 })
  const keys = [`--access-key=${WHO.accessKeyId}`, `--secret-key=${WHO.secretAccessKey}`]
  run('radosgw-admin', '-c', config, 'user', 'create', '--uid=studio', '--display-name=studio', ...keys)
  serve('radosgw', '-c', config, '-n', 'client.rgw')
}

/** In the foreground, and gone with this process however that ends (setpriv is util-linux's). */
function serve(program: string, ...args: string[]): void {
  servers.push(spawn('setpriv', ['--pdeathsig', 'KILL', program, '-f', ...args], { stdio: 'ignore' }))
}

type Shape = { home: string; fsid: string; port: number; v2: number; v1: number }

/** Keys are exchanged: without, the gateway waits for ever. */
const configOf = ({ home, fsid, port, v2, v1 }: Shape) => `[global]
fsid = ${fsid}
mon host = [v2:127.0.0.1:${v2},v1:127.0.0.1:${v1}]
public addr = 127.0.0.1
public network = 127.0.0.0/8
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = ${home}/keyring
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon warn on pool no redundancy = false
mon max pg per osd = 1000
osd objectstore = memstore
memstore device bytes = 1073741824
run dir = ${home}/run
log file = ${home}/log/$name.log
admin socket = ${home}/run/$name.asok
mon data = ${home}/mon
osd data = ${home}/osd
ms bind ipv6 = false
[client.rgw]
rgw data = ${home}/rgw
rgw frontends = beast endpoint=127.0.0.1:${port} tcp_nodelay=1
rgw enable usage log = false
rgw dynamic resharding = false
`

async function makeBucket({ endpoint, bucket, region, ...who }: S3Settings): Promise<void> {
  const client = new AwsClient({ ...who, region, service: 's3', retries: 0 })
  const isMade = () =>
    client.fetch(`${endpoint}/${bucket}`, { method: 'PUT' }).then(
      ({ status }) => status === 200,
      () => false,
    )
  if (!(await waitUntil(isMade, { timeoutMs: 60_000 }))) throw new Error('The object gateway did not start.')
}

async function stopCluster(home: string): Promise<void> {
  const isAlive = (server: ChildProcess) => server.exitCode === null && server.signalCode === null
  for (const server of servers.filter(isAlive)) server.kill('SIGTERM')
  await waitUntil(() => !servers.some(isAlive), { timeoutMs: 10_000 })
  for (const server of servers.filter(isAlive)) server.kill('SIGKILL')
  fs.rmSync(home, { recursive: true, force: true })
}
