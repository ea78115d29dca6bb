// Measures us, our peers and the limit in one process: npm run bench -- [--quick] [--only <part of a work's name>]
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FOLDER = join(ROOT, 'bench')
const BUNDLE = join(ROOT, '.tmp', 'bench', 'run.mjs')

const manifest = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** The peers have a folder and a lock file of their own; the first run installs them. */
const installPeers = (): void => {
  if (existsSync(join(FOLDER, 'node_modules'))) return
  console.log('Installing the peers into bench/ …')
  execFileSync('npm', ['ci', '--prefix', FOLDER, '--no-audit', '--no-fund'], { cwd: ROOT, stdio: 'inherit' })
}

// Bundled as the package is: no helper of a development tool is timed with us.
const bundle = async (): Promise<void> => {
  await build({
    entryPoints: [join(FOLDER, 'run.ts')],
    outfile: BUNDLE,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    alias: { '#runtime': join(ROOT, 'src/runtime/node.ts') },
    logLevel: 'warning',
  })
}

installPeers()
await bundle()
const versions = { 'staff-passport': manifest(ROOT).version, ...manifest(FOLDER).dependencies }
execFileSync(process.execPath, [BUNDLE, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, BENCH_FOLDER: FOLDER, BENCH_VERSIONS: JSON.stringify(versions) },
})
