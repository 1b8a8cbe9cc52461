import type { Sandbox } from '@/e2e/support/sandbox'

type Entry = { path: string; prompt?: string; outcome: string | null; charged: number; imageIds: number[] }

/** The creates that reached the sandbox with this very prompt. */
export async function callsOf(sandbox: Pick<Sandbox, 'url'>, prompt: string): Promise<Entry[]> {
  const { calls }: { calls: Entry[] } = await (await fetch(`${sandbox.url}/sandbox/state`)).json()
  return calls.filter((call) => call.path === '/api/images/create' && call.prompt === prompt)
}

type Row = { fault: string; api: string; calls: number; charged: number; status: string; images: number }
const rows: Row[] = []

/** Keeps a line for the table of calls that the matrix prints at its end. */
export function noteRow(row: Row): void {
  rows.push(row)
}

export function printLedger(): void {
  const line = ({ fault, api, calls, charged, status, images }: Row) =>
    `${fault.padEnd(34)} ${api.padEnd(8)} ${String(calls).padStart(5)} ${String(charged).padStart(7)} ${String(images).padStart(8)}  ${status}`
  const head = `${'fault'.padEnd(34)} api      calls charged images  state`
  process.stdout.write(`\n${[head, ...rows.map(line)].join('\n')}\n`)
}
