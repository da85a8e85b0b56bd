# docker build -t homeroom . && docker run -p 3000:3000 -v homeroom:/app/data homeroom
FROM node:24-slim AS build
WORKDIR /app
# better-sqlite3 is compiled where its prebuilt binary can't be had.
RUN apt-get update && apt-get install -y --no-install-recommends g++ make python3 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
RUN npm ci
COPY client client
COPY db db
COPY drizzle drizzle
COPY server server
COPY tsconfig.json vite.config.ts ./
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/drizzle drizzle
COPY --from=build /app/dist dist
COPY --from=build /app/server/cli/bin.mjs /app/server/cli/build.mjs server/cli/
RUN mkdir data && chown node:node data && chmod 700 data
USER node
VOLUME /app/data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Exec form: as process 1, node itself gets the signal to stop.
ENTRYPOINT ["node", "server/cli/bin.mjs"]
CMD ["start"]
