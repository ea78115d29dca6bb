import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const PACKAGE_TESTS = 'test/ground/package/**/*.test.ts'

// These change what the whole process shares (globals, mocked modules, environment variables, the heap that they measure), so each
// has a process of its own. All others share the modules that a process has loaded: loading them again took half of the time.
const APART = [
  'test/adversarial/group-h.test.ts',
  'test/browser/**/*.test.ts',
  'test/cli/**/*.test.ts',
  'test/dids/detached.test.ts',
  'test/ground/*.test.ts',
  'test/runtime/**/*.test.ts',
  'test/verifier/algorithm-unavailable.test.ts',
]

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
        test: {
          name: 'source',
          include: ['test/**/*.test.ts'],
          exclude: [PACKAGE_TESTS, ...APART, '**/node_modules/**'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'apart', include: APART },
      },
      {
        extends: true,
        test: { name: 'package', include: [PACKAGE_TESTS], globalSetup: [here('./test/ground/support/build.ts')] },
      },
    ],
  },
})
