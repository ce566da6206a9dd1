module.exports = {
  preset: '@react-native/jest-preset',
  setupFiles: ['./phone/switch-on.ts'],
  testMatch: ['**/*.jest.tsx'],
  testTimeout: 120_000,
  watchman: false,
  cacheDirectory: 'node_modules/.cache/jest',
  // These are published as modules, as React Native itself is.
  transformIgnorePatterns: ['node_modules/(?!(@?react-native|@react-native-.*|@deskbridge)/)'],
}
