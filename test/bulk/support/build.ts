import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** Files that Node runs as they are: the command line, and what a worker thread loads. */
export interface Built {
  readonly cli: string
  readonly worker: URL
}

const bundle = async (): Promise<Built> => {
  const outdir = join(ROOT, '.tmp', `bulk-${process.pid}`)
  mkdirSync(outdir, { recursive: true })
  writeFileSync(join(outdir, 'package.json'), '{"type":"module"}')
  await build({
    entryPoints: {
      cli: join(ROOT, 'src/cli/main.ts'),
      'bulk-worker': join(ROOT, 'src/doors/bulk-worker.ts'),
    },
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { '#runtime': join(ROOT, 'src/runtime/node.ts') },
    logLevel: 'error',
  })
  return { cli: join(outdir, 'cli.js'), worker: pathToFileURL(join(outdir, 'bulk-worker.js')) }
}

let built: Promise<Built> | undefined

/** Bundles them, once for each file of tests. */
export const buildOnce = (): Promise<Built> => {
  built ??= bundle()
  return built
}
