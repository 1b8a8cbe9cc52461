/** @type {import('next').NextConfig} */
export default {
  // stands in the code of both sides: an open page hears of a newer server by it
  env: { STUDIO_BUILD: process.env.STUDIO_BUILD ?? 'development' },
  // a build is made beside the one in use, then takes its place
  distDir: process.env.STUDIO_DIST_DIR ?? '.next',
  // `npm run check` checks types; a second time would only delay the first start
  typescript: { ignoreBuildErrors: true },
  turbopack: {
    // sentences are compiled into the build; what a browser gets formats them and parses nothing
    rules: {
      '*.json': { condition: { path: /messages\/(ko|en)\// }, loaders: ['./scripts/messages-loader.mjs'] },
    },
    resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
  },
  poweredByHeader: false,
  // the optimiser keeps copies and gives them to everybody, whatever was revoked since: its route is a 404 (docs/decisions)
  images: { unoptimized: true },
  serverExternalPackages: [
    '@napi-rs/canvas',
    '@node-rs/argon2',
    'sharp',
    'pg',
    'prom-client',
    'rate-limiter-flexible',
  ],
}
