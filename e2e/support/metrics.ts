/** What /metrics of a studio says. `of` is the value of the one series whose labels include those that are given; NaN: none. */
export async function readMetrics(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}/metrics`, { headers })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${answer.status} ${text}`)
  const series = seriesOf(text)
  return {
    text,
    series,
    of(name: string, labels: Record<string, string> = {}): number {
      const isMeant = (one: Series) =>
        one.name === name && Object.entries(labels).every(([label, value]) => one.labels[label] === value)
      return series.find(isMeant)?.value ?? NaN
    },
  }
}

export type Series = { name: string; labels: Record<string, string>; value: number }

export function seriesOf(text: string): Series[] {
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#'))
  return lines.map((line) => {
    const [, name = '', labels = '', value = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line) ?? []
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, said]) => [key, said])
    return { name, labels: Object.fromEntries(pairs), value: Number(value) }
  })
}
