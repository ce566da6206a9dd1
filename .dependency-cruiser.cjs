/** Who may import whom: docs/architecture.md, "Layout". */
const may = (name, from, allowed) => ({
  name,
  comment: `${from} may import ${allowed.length > 0 ? allowed.join(', ') : 'nothing of src'} besides the contract and the platform`,
  severity: 'error',
  from: { path: `^src/${from}/`, pathNot: '\\.test\\.tsx?$' },
  to: {
    path: '^src/',
    pathNot: [`^src/${from}/`, '^src/contract/', ...(from === 'contract' ? [] : ['^src/platform/']), ...allowed],
  },
})

const only = (name, module, where) => ({
  name,
  severity: 'error',
  from: { path: '^(src|clients|stores|launch)/', pathNot: [where, '\\.test\\.tsx?$'] },
  to: { path: `node_modules/${module}/` },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    {
      name: 'unresolved',
      comment: 'what only an app has is installed by the test of the packages',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: '^(react-native|expo|expo-image-picker|@react-native-async-storage/.*|@deskbridge/react-native)$',
      },
    },
    may('contract', 'contract', []),
    may('platform', 'platform', []),
    may('log', 'log', []),
    may('access', 'access', []),
    may('queue', 'queue', []),
    may('nodes', 'nodes', ['^src/access/']),
    may('operations', 'operations', ['^src/(access|bridge|queue|nodes)/']),
    may('bridge', 'bridge', ['^src/log/']),
    may('chat', 'chat', ['^src/log/', '^src/access/', '^src/bridge/conversation\\.ts$']),
    may('connectors', 'connectors', ['^src/bridge/port/']),
    may('webhooks', 'webhooks', ['^src/log/', '^src/access/', '^src/bridge/budgets/']),
    may('analytics', 'analytics', ['^src/log/', '^src/access/']),
    may('analytics', 'analytics', ['^src/log/', '^src/access/']),
    may('api', 'api', ['^src/chat/', '^src/access/']),
    may('doctor', 'doctor', []),
    may('config-as-code', 'config-as-code', []),
    {
      name: 'connectors-apart',
      severity: 'error',
      from: { path: '^src/connectors/([^/]+)/' },
      to: { path: '^src/connectors/', pathNot: '^src/connectors/$1/' },
    },
    {
      name: 'clients-use-the-contract',
      severity: 'error',
      from: { path: '^(clients|apps)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/', pathNot: '^src/contract/' },
    },
    { name: 'sandbox-stands-alone', severity: 'error', from: { path: '^sandbox/' }, to: { path: '^(src|clients)/' } },
    {
      name: 'service-knows-no-stores',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(stores|launch|sandbox|clients|test)/' },
    },
    only('one-file-calls-the-queue', 'bullmq', '^src/queue/'),
    only('one-file-calls-zendesk', 'node-zendesk', '^src/connectors/zendesk/sdk\\.ts$'),
    only('one-file-signs-in', 'better-auth', '^src/access/sign-in/library\\.ts$'),
    {
      name: 'mails-leave-by-the-outbox',
      comment: 'what is mailed has a kind, is composed from the projection and goes through the outbox',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/chat/mail/' },
      to: { path: '^src/chat/mail/(mailer|smtp)\\.ts$' },
    },
    only('one-file-sends-mail', '(@types/)?nodemailer', '^src/chat/mail/smtp\\.ts$'),
    only('one-file-connects-to-slack', '@slack/socket-mode', '^src/connectors/slack/socket/connection\\.ts$'),
    only('one-file-calls-slack', '@slack/(web-api|bolt)', '^src/connectors/slack/sdk\\.ts$'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
}
