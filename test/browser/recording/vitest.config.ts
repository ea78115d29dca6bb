import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const HERE = dirname(fileURLToPath(import.meta.url))
const ROOT = join(HERE, '../../..')

// What is written down when a test (or a door, for a test) asks for it. The sources themselves ask each other.
const WATCHED: Readonly<Record<string, string>> = {
  'src/verifier/create-verifier.ts': 'create-verifier.ts',
  'src/crypto/keys.ts': 'keys.ts',
  'src/formats/read.ts': 'read.ts',
  'src/codec/strict-json.ts': 'strict-json.ts',
}

const isVisitor = (importer: string): boolean =>
  (importer.startsWith(`${ROOT}/test/`) && !importer.startsWith(HERE)) || importer.startsWith(`${ROOT}/src/doors/`)

/** Runs tests as ever, and writes down what they ask of the verifier, for a browser to be asked again. */
export default defineConfig({
  root: ROOT,
  resolve: {
    alias: [
      { find: '#runtime', replacement: join(ROOT, 'src/runtime/node.ts') },
      { find: /^staff-passport$/, replacement: join(ROOT, 'src/doors/index.ts') },
      { find: /^staff-passport\/(.+)$/, replacement: `${join(ROOT, 'src/doors')}/$1.ts` },
    ],
  },
  plugins: [
    {
      name: 'write down what tests ask',
      enforce: 'pre',
      async resolveId(source, importer, options) {
        if (importer === undefined || !isVisitor(importer)) return undefined
        const resolved = await this.resolve(source, importer, { ...options, skipSelf: true })
        const watched = resolved && WATCHED[resolved.id.replace(`${ROOT}/`, '')]
        return watched ? join(HERE, watched) : resolved
      },
    },
  ],
  test: {
    testTimeout: 60_000,
    maxWorkers: '100%',
    include: [
      'test/adversarial/group-[a-j].test.ts',
      'test/verifier/*.test.ts',
      'test/conformance/*.test.ts',
      'test/formats/*.test.ts',
    ],
  },
})
