// @ts-check
import fs from 'node:fs'
import path from 'node:path'

const MESSAGES = path.resolve(import.meta.dirname, '../messages')
const LANGUAGES = ['ko', 'en']
const STYLE =
  'html{color-scheme:dark light;font:1rem/1.6 system-ui,sans-serif}body{max-width:32rem;margin:25vh auto 0;padding:0 1.5rem}h1{font-size:1.25rem}section+section{margin-top:3rem}'

/**
 * Puts a page without any script in the place of Next's own for a 500 that stands outside of every page: that one is
 * static, so its inline scripts have no nonce and the policy forbids them. Nobody's language is known there.
 * @param {string} build the folder of the build
 */
export function writeCrashPage(build) {
  fs.writeFileSync(path.join(build, 'server/pages/500.html'), page())
}

function page() {
  const said = LANGUAGES.map((language) => ({ language, ...wordsIn(language) }))
  const sections = said.map(
    ({ language, title, text, again }) =>
      `<section lang="${language}"><h1>${title}</h1><p>${text}</p><p><a href="">${again}</a></p></section>`,
  )
  const title = said.map((words) => words.title).join(' · ')
  return `<!doctype html><html lang="${LANGUAGES[0]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head><body><main>${sections.join('')}</main></body></html>`
}

/**
 * @param {string} language
 * @returns {{ title: string, text: string, again: string }}
 */
function wordsIn(language) {
  return JSON.parse(fs.readFileSync(path.join(MESSAGES, language, 'common.json'), 'utf8')).crash
}
