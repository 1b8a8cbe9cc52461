import compile from 'icu-minify/compile'

const compileAll = (messages) =>
  typeof messages === 'string'
    ? compile(messages)
    : Object.fromEntries(Object.entries(messages).map(([key, value]) => [key, compileAll(value)]))

/**
 * A loader for Turbopack: turns the ICU sentences of a message file into what use-intl's `format-only` reads.
 *
 * @param {string} text
 */
export default function load(text) {
  return JSON.stringify(compileAll(JSON.parse(text)))
}
