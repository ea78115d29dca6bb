import { defineConfig, type Options } from 'tsup'

const DOORS = {
  index: 'src/doors/index.ts',
  verify: 'src/doors/verify.ts',
  'stores/memory': 'src/doors/stores/memory.ts',
  'stores/libsql': 'src/doors/stores/libsql.ts',
  'stores/file': 'src/doors/stores/file.ts',
  bulk: 'src/doors/bulk.ts',
  exchange: 'src/doors/exchange.ts',
  wallet: 'src/doors/wallet.ts',
  http: 'src/doors/http.ts',
  node: 'src/doors/node.ts',
  systems: 'src/doors/systems.ts',
  esr: 'src/doors/esr.ts',
  testing: 'src/doors/testing.ts',
  x509: 'src/doors/x509.ts',
  'json-schema': 'src/doors/json-schema.ts',
}
// Chosen by the package import `#runtime`.
const PLATFORMS = {
  'runtime/node': 'src/runtime/node.ts',
  'runtime/browser': 'src/runtime/browser.ts',
}
// Loaded as files of their own: the command line, and what each worker thread runs.
const PROGRAMS = { cli: 'src/cli/main.ts', 'bulk-worker': 'src/doors/bulk-worker.ts' }

// These are published as ES modules alone. CommonJS gets its own copy, so that it never has to require() one.
const MODULES_ONLY = [
  /^jose($|\/)/,
  /^@noble\//,
  /^pkijs$/,
  /^@peculiar\//,
  /^bytestreamjs$/,
  /^asn1js$/,
  /^cborg($|\/)/,
  /^@openid4vc\//,
  /^dcql$/,
  /^valibot$/,
  /^double-metaphone$/,
]

const CODE: Options = {
  target: 'node20.19',
  platform: 'neutral',
  external: ['#runtime', /^node:/],
  removeNodeProtocol: false,
  splitting: true,
  // One shared class for one error, whichever door it came through; and import() stays import() in CommonJS.
  treeshake: true,
  dts: false,
}

export default defineConfig([
  { ...CODE, entry: { ...DOORS, ...PLATFORMS, ...PROGRAMS }, format: 'esm' },
  { ...CODE, entry: { ...DOORS, ...PLATFORMS }, format: 'cjs', noExternal: MODULES_ONLY, shims: true },
  { entry: DOORS, format: ['esm', 'cjs'], dts: { only: true } },
])
