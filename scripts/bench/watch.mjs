// @ts-check
/// <reference lib="dom" />
// Runs in the page: notes the press of Generate, the first tile and the first loaded image of each prompt, in
// milliseconds since the epoch.

/** @typedef {{ submit?: number, tile?: number, image?: number }} Seen */

/** @type {Record<string, Seen>} */
const seen = {}
Object.assign(globalThis, { seen })

/** @param {string | null | undefined} prompt @param {keyof Seen} moment */
function note(prompt, moment) {
  if (!prompt) return
  const moments = (seen[prompt] ??= {})
  moments[moment] ??= performance.timeOrigin + performance.now()
}

addEventListener('click', () => note(document.querySelector('textarea')?.value, 'submit'), true)
document.addEventListener(
  'load',
  ({ target }) => {
    if (target instanceof HTMLImageElement)
      note(target.closest('article')?.getAttribute('aria-label'), 'image')
  },
  true,
)
new MutationObserver(() => {
  for (const article of document.querySelectorAll('article')) note(article.getAttribute('aria-label'), 'tile')
}).observe(document, { childList: true, subtree: true })
