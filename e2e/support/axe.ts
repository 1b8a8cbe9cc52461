import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds on the page as it stands, of whatever impact, one line for each place; `rules` to ask for these alone. */
export async function findings(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(axeSource)
  const found = await page.evaluate(async (only) => {
    const options = only
      ? { runOnly: only, resultTypes: ['violations'] }
      : {
          // a menu stands at the end of the page, outside its parts, for as long as it is open
          rules: {
            'target-size': { enabled: true },
            region: { enabled: !document.querySelector('[role=menu]') },
          },
          resultTypes: ['violations'],
        }
    // axe puts itself on the window
    const { axe } = window as unknown as {
      axe: { run: (options: object) => Promise<{ violations: Finding[] }> }
    }
    type Finding = { id: string; impact: string; nodes: { html: string; target: string[] }[] }
    const { violations } = await axe.run(options)
    return violations.flatMap(({ id, impact, nodes }) =>
      nodes
        .slice(0, 3)
        .map(({ html, target }) => `${id} (${impact}) ${target.join(' ')} ${html.slice(0, 200)}`),
    )
  }, rules)
  return found
}
