// Measures us, our peers and the limit in one process: npm run bench -- [--quick] [--only <part of a work's name>]
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FOLDER = join(ROOT, 'bench')
const BUNDLES = join(ROOT, '.tmp', 'bench')

const manifest = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** The peers have a folder and a lock file of their own; the first run installs them. */
const installPeers = (): void => {
  if (existsSync(join(FOLDER, 'node_modules'))) return
  console.log('Installing the peers into bench/ …')
  execFileSync('npm', ['ci', '--prefix', FOLDER, '--no-audit', '--no-fund'], { cwd: ROOT, stdio: 'inherit' })
}

// Bundled as the package is: no helper of a development tool is timed with us.
const bundle = (entry: string, folder: string): Promise<unknown> =>
  build({
    entryPoints: [join(ROOT, entry)],
    outdir: join(BUNDLES, folder),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    alias: { '#runtime': join(ROOT, 'src/runtime/node.ts') },
    logLevel: 'warning',
  })

installPeers()
await bundle('bench/run.ts', 'run')
await bundle('src/doors/verify.ts', 'door')
await bundle('src/doors/bulk-worker.ts', 'worker')
const versions = { 'staff-passport': manifest(ROOT).version, ...manifest(FOLDER).dependencies }
execFileSync(process.execPath, [join(BUNDLES, 'run', 'run.mjs'), ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: {
    ...process.env,
    BENCH_ROOT: ROOT.replace(/\/$/, ''),
    BENCH_FOLDER: FOLDER,
    BENCH_DOOR: join(BUNDLES, 'door', 'verify.mjs'),
    BENCH_WORKER: join(BUNDLES, 'worker', 'bulk-worker.mjs'),
    BENCH_VERSIONS: JSON.stringify(versions),
  },
})
