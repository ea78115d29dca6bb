import { gzipSync } from 'node:zlib'
import { type BuildOptions, build, type Plugin } from 'esbuild'

/** What a browser loads at once, as one file, minified and compressed with gzip. */
export interface Size {
  readonly what: string
  readonly gzipBytes: number
}

const ROOT = process.env.BENCH_ROOT ?? ''

// Our nineteen types: their schemas, their rules, and the words of both.
const withoutCatalogue: Plugin = {
  name: 'leave the catalogue out',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/credentials\/[^/]+\.js$|^\.\/rows\.js$/ }, ({ path }) => ({ path, external: true }))
  },
}

const sizeOf = async (contents: string, folder: string, more: BuildOptions = {}): Promise<number> => {
  const { metafile, outputFiles } = await build({
    ...more,
    stdin: { contents, resolveDir: folder, sourcefile: 'entry.js' },
    outdir: '/bundle',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    metafile: true,
    write: false,
    logLevel: 'silent',
    legalComments: 'none',
  })
  const isFirst = ([, { entryPoint }]: [string, { readonly entryPoint?: string }]): boolean =>
    entryPoint?.endsWith('entry.js') ?? false
  const found = new Set(
    Object.entries(metafile.outputs)
      .filter(isFirst)
      .map(([file]) => file),
  )
  for (const file of found)
    for (const { path, kind } of metafile.outputs[file]?.imports ?? []) if (kind === 'import-statement') found.add(path)
  const names = [...found].map((file) => file.split('/').at(-1))
  const together = outputFiles.filter(({ path }) => names.includes(path.split('/').at(-1)))
  return gzipSync(Buffer.concat(together.map(({ contents: bytes }) => bytes)), { level: 9 }).length
}

const ours = (contents: string, plugins: Plugin[] = []) =>
  sizeOf(contents, ROOT, {
    conditions: ['browser'],
    alias: { '#runtime': `${ROOT}/src/runtime/browser.ts` },
    plugins,
  })

const theirs = (contents: string) => sizeOf(contents, process.env.BENCH_FOLDER ?? '')

const VERIFY = `export { createVerifier, createGuardedFetch, POLICIES } from './src/doors/verify.ts'`
const JOSE = `export { importJWK, jwtVerify } from 'jose'`
const DIGITALBAZAAR = `export { verifyCredential } from '@digitalbazaar/vc'
export { DataIntegrityProof } from '@digitalbazaar/data-integrity'
export { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'`
const SD_JWT = `export { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'`

/** Bundles of verifiers for browsers: what each loads before anything is verified. */
export const browserSizes = async (): Promise<readonly Size[]> => [
  { what: 'staff-passport, without its catalogue', gzipBytes: await ours(VERIFY, [withoutCatalogue]) },
  { what: 'staff-passport, with all of its types', gzipBytes: await ours(VERIFY) },
  { what: 'jose', gzipBytes: await theirs(JOSE) },
  { what: '@digitalbazaar/vc, eddsa-rdfc-2022', gzipBytes: await theirs(DIGITALBAZAAR) },
  { what: '@sd-jwt/sd-jwt-vc', gzipBytes: await theirs(SD_JWT) },
]

/** The sizes as a table for people. */
export const sizesTable = (sizes: readonly Size[]): string =>
  sizes.map(({ what, gzipBytes }) => `${what.padEnd(40)}${(gzipBytes / 1000).toFixed(1).padStart(8)} kB`).join('\n')
