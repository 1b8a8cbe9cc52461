import { useFormatter } from 'use-intl/react'

/** Bytes as the reader writes them: `412 MB`, `1.6 GB`. */
export function useSize() {
  const format = useFormatter()
  return (bytes: number): string => {
    const [unit, divisor] = bytes >= 1e9 ? (['gigabyte', 1e9] as const) : (['megabyte', 1e6] as const)
    return format.number(bytes / divisor, { style: 'unit', unit, maximumFractionDigits: 1 })
  }
}
