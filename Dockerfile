# The clients are bundled with the development packages; the image itself holds what the service needs to run.
FROM node:24-slim AS clients
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm install --no-save --no-audit --no-fund
COPY tsconfig.json ./
COPY src ./src
COPY clients ./clients
COPY apps ./apps
RUN node clients/build.ts

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
# Not --omit=dev: it keeps what a package at work can use as well, such as the test runner.
RUN npm pkg delete devDependencies && npm install --no-save --no-audit --no-fund
# What is uploaded goes here, unless it goes to a bucket. A volume mounted here takes on that anybody may write.
RUN mkdir -p -m 1777 .deskbridge/data/files
COPY config ./config
COPY src ./src
COPY apps ./apps
COPY --from=clients /app/dist ./dist
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
