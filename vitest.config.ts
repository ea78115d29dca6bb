import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: { alias: { '#runtime': here('./src/runtime/node.ts') } },
  test: { include: ['test/**/*.test.ts'], testTimeout: 30_000 },
})
