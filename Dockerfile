# One image for every process: `--web`, `--worker`, or both (the default). Its database is yours: DATABASE_URL.
ARG NODE=22
FROM node:${NODE}-bookworm-slim AS build
WORKDIR /studio
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# what a running studio reads, out of everything that the build needed
RUN npm run -s build && npm run -s image /image

FROM node:${NODE}-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 STUDIO_DATA_DIR=/data
WORKDIR /studio
RUN mkdir -m 0700 /data && chown 1000:1000 /data
COPY --from=build /image ./
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "scripts/livez.mjs"]
CMD ["node", "scripts/start.mjs", "--built"]
