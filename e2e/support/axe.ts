import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds on the page as it stands, of whatever impact, one line for each place; `rules` to ask for these alone. */
export async function findings(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
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
    // while it looks, what fades in or out has no contrast of its own: it is there, or it is not
    const still = document.createElement('style')
    still.textContent = '*, ::before, ::after { transition: none !important }'
    document.head.append(still)
    for (const motion of document.getAnimations()) if (motion instanceof CSSTransition) motion.finish()
    const { violations } = await axe.run(options)
    still.remove()
    const popup = document.querySelector('[role=dialog], [role=menu]')
    // what an open popup covers in part has its size again once that is closed; the page without it is looked at, too
    const isCovered = (id: string, selector = '') =>
      id === 'target-size' && popup !== null && !popup.contains(document.querySelector(selector))
    return violations.flatMap(({ id, impact, nodes }) =>
      nodes
        .filter(({ target }) => !isCovered(id, target.at(-1)))
        .slice(0, 3)
        .map(({ html, target }) => `${id} (${impact}) ${target.join(' ')} ${html.slice(0, 200)}`),
    )
  }, rules)
  return found
}
