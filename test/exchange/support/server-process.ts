import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../../', import.meta.url))

const bundle = async (): Promise<string> => {
  const outfile = `${root}.tmp/exchange-server-${process.pid}.mjs`
  await build({
    entryPoints: [fileURLToPath(new URL('./exchange-server.ts', import.meta.url))],
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

/** A server that is killed and started again. */
export interface ServerProcess {
  start(): Promise<void>
  /** As by a power cut. */
  kill(): Promise<void>
}

/** A server in a process of its own. */
export const serverProcess = async (setup: object): Promise<ServerProcess> => {
  const script = await bundle()
  let child: ChildProcess | undefined
  return {
    start: async () => {
      child = spawn(process.execPath, [script], {
        cwd: root,
        env: { ...process.env, SETUP: JSON.stringify(setup) },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const [said] = await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), once(child, 'exit')])
      if (String(said) !== 'ready\n') throw new Error(`The server ended: ${said}`)
    },
    kill: async () => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
