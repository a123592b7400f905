import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: [
      'server/**/*.test.ts',
      'web/**/*.test.{ts,tsx}',
      'tools/**/*.test.ts',
      'bin/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['server/test/support/database-server.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
