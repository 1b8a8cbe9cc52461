import fs from 'node:fs'
import path from 'node:path'
import { ROOT } from '@/e2e/support/child'

/** Every address of the product, read from `app/`, with the given values in place of its parameters. */
export function addresses(kind: 'page' | 'route', values: Record<string, string>): string[] {
  const pattern = kind === 'page' ? /(^|\/)page\.tsx$/ : /(^|\/)route\.tsx?$/
  const files = fs.readdirSync(path.join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => pattern.test(file))
    .map((file) => `/${path.dirname(file)}`.replace(/\/\.$/, '/').replace(/\/\([^)]+\)/g, ''))
    .map((address) =>
      address.replace(/\[(?:\.\.\.)?([^\]]+)\]/g, (_, name: string) => values[name] ?? values.id ?? 'none'),
    )
    .map((address) => address || '/')
}
