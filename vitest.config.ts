import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const PACKAGE_TESTS = 'test/ground/package/**/*.test.ts'

export default defineConfig({
  resolve: {
    alias: [
      { find: '#runtime', replacement: here('./src/runtime/node.ts') },
      { find: /^staff-passport$/, replacement: here('./src/doors/index.ts') },
      { find: /^staff-passport\/([a-z0-9-]+|stores\/[a-z]+)$/, replacement: `${here('./src/doors')}/$1.ts` },
    ],
  },
  test: {
    testTimeout: 30_000,
    // All processors: by default one is left idle, which on two is half of them.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: { name: 'source', include: ['test/**/*.test.ts'], exclude: [PACKAGE_TESTS, '**/node_modules/**'] },
      },
      {
        extends: true,
        test: { name: 'package', include: [PACKAGE_TESTS], globalSetup: [here('./test/ground/support/build.ts')] },
      },
    ],
  },
})
