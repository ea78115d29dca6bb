import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from './source-graph.js'

const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsup.config.ts']
const STAMP = join(ROOT, '.tmp', 'built-from')
const BUILT = join(ROOT, 'dist', 'index.d.cts')

const sources = (): readonly string[] =>
  readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

const digest = (): string => {
  const hash = createHash('sha256')
  for (const file of [...SETTINGS.map((name) => join(ROOT, name)), ...sources()]) {
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

const isFresh = (wanted: string): boolean =>
  existsSync(BUILT) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted

/** Builds the package before the tests that use it as its users do, unless it is built from these very sources. */
export const setup = (): void => {
  const wanted = digest()
  if (isFresh(wanted)) return
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
  mkdirSync(dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, wanted)
}
