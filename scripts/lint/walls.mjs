// @ts-check

/**
 * Who may import whom. `from` and `to` are matched against paths from the root without an extension, such as
 * `lib/styles/server` or, for packages, their name. A wall with `typesPass` lets `import type` through.
 * @typedef {{ name: string, from: RegExp, to: RegExp, except?: RegExp, typesPass?: boolean, message: string }} Wall
 */

const INFRASTRUCTURE =
  'boot|clearing|cursor|data-directory|database-away|database-errors|db|decoding|env|errors|event-log|event-stream|events|gate|health|http|log|present-rows|process|retention|request-body|shared|storage'

/** @type {Wall[]} */
export const WALLS = [
  {
    name: 'nothing imports app',
    from: /^(lib|components|scripts)\//,
    to: /^app\//,
    message:
      'app/ only routes: move what you need into lib/<domain> or components/ and import it from there.',
  },
  {
    name: 'routes do not reach the database',
    from: /^app\//,
    to: /^(lib\/(db|storage|events)|pg|prisma\/generated\/.*|@prisma\/.*)$/,
    typesPass: true,
    message: 'Pages and routes ask a domain: put the query into lib/<domain>/server.ts and call that.',
  },
  {
    name: 'routes are thin',
    from: /^app\/.*\/route$/,
    to: /^(lib|components)\//,
    except:
      /^lib\/(http|request-body|errors|env|log|shared|i18n|health|event-stream|event-schema|gate)$|^lib\/[^/]+\/(server|schema|[a-z-]+)$/,
    message: 'A route is a URL, a schema and one call: import lib/access/http and the domain only.',
  },
  {
    name: 'components stay in front',
    from: /^components\//,
    to: new RegExp(`^lib/(${INFRASTRUCTURE})$|^lib/[^/]+/(server|run)$|^(pg|next-auth|node:.*)$|^prisma/`),
    message:
      'Components run in the browser: use lib/<domain>/client.ts (data), its pure rules, or `import type` from its schema.ts.',
  },
  {
    name: 'zod stays on the server',
    from: /^components\/|^lib\/[^/]+\/client$|^lib\/(api-client|query-client|cn)$/,
    to: /^zod$|^lib\/[^/]+\/(schema|contract)$/,
    typesPass: true,
    message:
      'zod weighs 30 KB in the browser: `import type` from schema.ts, and check forms with pure rules.',
  },
  {
    name: 'the kit knows no domain',
    from: /^components\/ui\//,
    to: /^(lib\/(?!text\/)[^/]+\/.*|components\/(?!ui\/).*)$/,
    message: 'components/ui knows no domain and no data: pass words and values in as props.',
  },
  {
    name: 'the browser half of a domain does not reach the server half',
    from: /^lib\/[^/]+\/(client|schema)$/,
    to: new RegExp(`^lib/(boot|db|env|events|http|log|storage)$|^lib/[^/]+/(server|run)$|^pg$`),
    message: 'client.ts and schema.ts are read by the browser: keep rows, files and secrets in server.ts.',
  },
  {
    name: 'the upstream client knows no domain',
    from: /^lib\/flamel\//,
    to: /^lib\/(?!flamel\/|text\/)[^/]+\/|^lib\/(boot|db|events|http|storage)$/,
    message:
      'lib/flamel speaks HTTP and returns outcomes as data: let the domain that calls it know about rows.',
  },
  {
    name: 'the sandbox stands alone',
    from: /^lib\/sandbox\//,
    to: /^lib\/(?!sandbox\/|flamel\/(contract|ratios|text)$)/,
    message:
      'The sandbox is a program of its own: it may know the published contract (lib/upstream/flamel/contract) only.',
  },
  {
    name: 'infrastructure is below the domains',
    from: /^lib\/(cursor|db|env|errors|events|log|shared|storage)$/,
    to: /^lib\/[^/]+\//,
    message: 'Infrastructure knows no domain: turn it around and pass in what it needs.',
  },
  {
    name: 'tests stay out of the product',
    from: /^(app|components|lib)\//,
    to: /^e2e\/|^vitest$|^@playwright\//,
    message: 'Only tests import the test harness.',
  },
]

/** The first wall an import runs into, or undefined. */
export function wallBetween(
  /** @type {string} */ from,
  /** @type {string} */ to,
  /** @type {boolean} */ isType,
) {
  return WALLS.find(
    (wall) =>
      wall.from.test(from) && wall.to.test(to) && !wall.except?.test(to) && !(isType && wall.typesPass),
  )
}
