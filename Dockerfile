# The webapp and the worker. Targets: production (the last, default) and development.
FROM node:26-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# npm keeps TypeScript, because a package under the pages of the queue has it as an optional peer.
# https://github.com/npm/cli/issues/7740
RUN rm -r node_modules/typescript node_modules/@typescript

# docker-compose.yml mounts app, content and standins over this.
FROM dependencies AS development
COPY app app
COPY content content
COPY standins standins
USER node
EXPOSE 8000
CMD ["node", "app/dev.ts"]

FROM dependencies AS build
COPY app app
COPY content content
# Image layers keep whole seconds: a fraction would make the saved index look out of date.
RUN find app content -exec touch -d '2020-01-01 00:00:00Z' {} +
# Broken content stops the build here; what the check derived goes into the image.
RUN node app/check.ts

FROM node:26-slim AS production
WORKDIR /app
COPY --from=build /app ./
# Names the release in logs and in the keys of cached pages; without one the site refuses to start.
ARG RELEASE
ENV NODE_ENV=production RELEASE=$RELEASE
USER node
EXPOSE 8000
STOPSIGNAL SIGTERM
# The worker, `node app/worker.ts`, answers there too.
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --start-interval=500ms \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "app/server.ts"]
