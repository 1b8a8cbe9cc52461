import type { Socket } from 'node:net'

const PIECE_BYTES = 8 << 10
/** After so long, whatever else waits has its turn. */
const TURN_MS = 5

/**
 * Hands what a socket receives on in small pieces, and lets others have their turn where working on them takes long: a
 * read of 64 KB may hold ten thousand chunks of a body, and the HTTP parser calls back for each. What is handed on fast
 * enough goes in the very turn in which it came, as what waits is lost when the connection breaks.
 */
export function pace(socket: Socket): void {
  const push = socket.push.bind(socket)
  const read = socket._read.bind(socket)
  const waiting: (Buffer | null)[] = []
  let wanted: number | null = null
  const work = () => {
    const began = performance.now()
    let isHungry = true
    while (waiting.length > 0 && performance.now() - began < TURN_MS) isHungry = push(waiting.shift())
    if (waiting.length > 0) setImmediate(work)
    else if (wanted !== null) {
      read(wanted)
      wanted = null
    }
    return isHungry && waiting.length === 0
  }
  socket.push = (chunk: Buffer | null) => {
    const isIdle = waiting.length === 0
    if (chunk === null) waiting.push(null)
    else
      for (let at = 0; at < chunk.length; at += PIECE_BYTES)
        waiting.push(chunk.subarray(at, at + PIECE_BYTES))
    return isIdle ? work() : false
  }
  // nothing more is taken from the network while something waits
  socket._read = (size: number) => {
    if (waiting.length === 0) read(size)
    else wanted = size
  }
}
