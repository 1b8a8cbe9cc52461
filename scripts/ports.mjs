// @ts-check
import net from 'node:net'

/**
 * A sentence about the first port that cannot be listened on; null when all are free.
 * @param {string} host
 * @param {number[]} ports
 */
export async function firstTaken(host, ports) {
  for (const [i, port] of ports.entries()) {
    const code = await new Promise((resolve) => {
      const probe = net.createServer()
      probe.once('error', (error) => resolve('code' in error ? error.code : error.message))
      probe.listen({ port, host: i === 0 ? host : '127.0.0.1', exclusive: true }, () =>
        probe.close(() => resolve(null)),
      )
    })
    const name = i === 0 ? 'PORT' : 'SANDBOX_PORT'
    if (code === 'EADDRINUSE')
      return `The port ${port} is taken by another program: stop it or set ${name} to a free one.`
    if (code)
      return `The port ${port} on ${host} cannot be used (${code}): set HOST and ${name} to what this machine has.`
  }
  return null
}
