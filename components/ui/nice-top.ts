/** The next round number at or above `value`, so that the figures of a chart's grid are round. */
export function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const factor = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value) ?? 10
  return factor * power
}
