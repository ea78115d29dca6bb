import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How a child process ended, and the lines it printed. */
export interface Ended {
  readonly signal: string | null
  readonly code: number | null
  readonly lines: readonly { readonly id: string; readonly places: readonly string[] }[]
  readonly errors: string
}

const script = fileURLToPath(new URL('./issue-and-die.ts', import.meta.url))
const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Runs the issuing script in a process of its own. */
export const issueInChild = (environment: Readonly<Record<string, string>>): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      cwd: root,
      env: { ...process.env, ...environment },
    })
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
