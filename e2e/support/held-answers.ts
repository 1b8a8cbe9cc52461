import pg from 'pg'
import { vi } from 'vitest'

/** Until its mocks are restored, whoever asks the database gets an answer only after what `hold` does with the statement. */
export function holdAnswers(hold: (text: string) => unknown): void {
  const query: (...asked: unknown[]) => unknown = pg.Client.prototype.query
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...asked: unknown[]) {
    const text = textOf(asked[0])
    const told = asked.at(-1)
    if (typeof told !== 'function') return Promise.resolve(query.apply(this, asked)).finally(() => hold(text))
    const tell = async (...answer: unknown[]) => {
      await hold(text)
      told(...answer)
    }
    return query.apply(this, [...asked.slice(0, -1), tell])
  })
}

/** The statement that the driver was asked. */
export function textOf(asked: unknown): string {
  if (typeof asked === 'object' && asked !== null && 'text' in asked) return String(asked.text).trim()
  return String(asked).trim()
}
