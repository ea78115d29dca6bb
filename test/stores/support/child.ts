import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** How a child process ended, and the lines it printed. */
export interface Ended {
  readonly signal: string | null
  readonly code: number | null
  readonly lines: readonly { readonly id: string; readonly places: readonly string[] }[]
  readonly errors: string
}

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Bundles the issuing script once, so that thirty processes start quickly. */
const bundle = async (): Promise<string> => {
  const outfile = `${root}.tmp/issue-and-die-${process.pid}.mjs`
  await build({
    entryPoints: [fileURLToPath(new URL('./issue-and-die.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { '#runtime': `${root}src/runtime/node.ts` },
    logLevel: 'error',
  })
  return outfile
}

let bundled: Promise<string> | undefined

/** The issuing script as one file that Node runs as it is. */
export const issuingScript = (): Promise<string> => {
  bundled ??= bundle()
  return bundled
}

/** Runs the issuing script in a process of its own. */
export const issueInChild = async (environment: Readonly<Record<string, string>>): Promise<Ended> => {
  const script = await issuingScript()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { cwd: root, env: { ...process.env, ...environment } })
    let out = ''
    let errors = ''
    child.stdout.on('data', (data) => {
      out += data
    })
    child.stderr.on('data', (data) => {
      errors += data
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const lines = out
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
      resolve({ code, signal, lines, errors })
    })
  })
}
