import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import picocolors from 'picocolors'
import { run } from '../../src/cli/program.js'

/** What one run of the command line did. */
export interface Ran {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

/** Runs the command line in this process, with everything it prints kept. */
export const cli = async (commandLine: readonly string[], standardInput: string | Uint8Array = ''): Promise<Ran> => {
  const out: string[] = []
  const err: string[] = []
  const exitCode = await run(commandLine, {
    write: (text) => void out.push(text),
    note: (text) => void err.push(text),
    colours: picocolors.createColors(false),
    width: undefined,
    readStandardInput: async () =>
      typeof standardInput === 'string' ? new TextEncoder().encode(standardInput) : standardInput,
    askPassphrase: async () => 'asked at the prompt',
    startProgress: () => ({ advance: () => {}, done: () => {} }),
  })
  return { exitCode, out: out.join('\n'), err: err.join('\n') }
}

/** A folder of its own, with a passphrase file; remove it when done. */
export const workspace = async (): Promise<{ path(name: string): string; remove(): Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'staff-passport-cli-'))
  await writeFile(join(folder, 'passphrase'), 'correct horse battery staple\n', { mode: 0o600 })
  return { path: (name) => join(folder, name), remove: () => rm(folder, { recursive: true, force: true }) }
}
