# The webapp and the worker. Targets: production (the last, default) and development.
FROM node:26.10.0-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# npm keeps TypeScript, because a package under the pages of the queue has it as an optional peer.
# https://github.com/npm/cli/issues/7740
RUN rm -r node_modules/typescript node_modules/@typescript
# What only people and compilers read is a fifth of all.
RUN find node_modules -type f \( -name '*.map' -o -name '*.md' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

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

FROM node:26.10.0-slim AS production
# Nothing here changes its user, so nothing needs to be allowed to. A volume begins as its folder is, owner included.
RUN find / -xdev -type f -perm /6000 -exec chmod a-s {} + \
  && install -d -o node -g node /srv/outbox
WORKDIR /app
COPY --from=build /app ./
# Names the release in logs and in the keys of cached pages; without one the site refuses to start.
ARG RELEASE
ENV NODE_ENV=production METRICS_PORT=9100 RELEASE=$RELEASE
USER node
EXPOSE 8000
STOPSIGNAL SIGTERM
# The worker, `node app/worker.ts`, answers there too. Bash, because a node process takes twenty times as long to start.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --start-interval=500ms \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${PORT:-8000} && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
CMD ["node", "app/server.ts"]
