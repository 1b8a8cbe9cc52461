/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  serverExternalPackages: ['@napi-rs/canvas', '@node-rs/argon2', 'sharp', 'pg'],
}
