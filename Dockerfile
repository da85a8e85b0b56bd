# docker build -t homeroom . && docker run -p 3000:3000 -v homeroom:/app/data --stop-timeout 35 homeroom
# Where npm needs settings of your own: docker build --secret id=npmrc,src=$HOME/.npmrc -t homeroom .
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Nothing is compiled: Node 24 takes better-sqlite3 13, whose binaries are in its package.
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY client client
COPY db db
COPY docs/office.md docs/
COPY drizzle drizzle
COPY server server
COPY deploy/runtime-modules.mjs deploy/
COPY tsconfig.json vite.config.ts ./
# When this version was made, in seconds: without it, when the newest file was changed.
ARG SOURCE_DATE_EPOCH
RUN npm run build && node deploy/runtime-modules.mjs runtime

FROM node:24-slim
WORKDIR /app
# The one folder that may be written also holds temporary files: imports lay out what is larger than memory should hold.
ENV NODE_ENV=production HOST=0.0.0.0 TMPDIR=/app/data
RUN mkdir -m 700 data && chown 1000:1000 data && \
  printf '#!/bin/sh\nexec node /app/dist/server/homeroom.js "$@"\n' > /usr/local/bin/homeroom && chmod 755 /usr/local/bin/homeroom
# What changes least comes first: an update of Homeroom alone fetches the last layer.
COPY --from=build /app/runtime ./
COPY --from=build /app/package.json ./
COPY --from=build /app/drizzle drizzle
COPY --from=build /app/dist dist
# By number, so that Kubernetes can tell that it is not root. It is "node" in the base image.
USER 1000:1000
VOLUME /app/data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Exec form: as process 1, node itself gets the signal to stop. A shell or npm in between would keep it to itself.
ENTRYPOINT ["node", "/app/dist/server/homeroom.js"]
CMD ["start"]
