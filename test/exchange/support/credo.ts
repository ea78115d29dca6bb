import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../peers/credo/', import.meta.url))

/** Whether Credo is installed on this machine; loudly when it is not. */
export const hasCredo: boolean = existsSync(`${FOLDER}node_modules/@credo-ts/core`)

if (!hasCredo) {
  const message = 'Credo is not installed: npm ci --prefix test/peers/credo. Tests with a wallet of others are skipped.'
  if (process.env.STAFF_PASSPORT_REQUIRE_ALL === '1') throw new Error(message)
  console.warn(message)
}

/** A wallet that we did not write, in a process of its own. */
export const openCredo = (hosts: Readonly<Record<string, string>> = {}) => {
  const env = { ...process.env, CREDO_HOSTS: JSON.stringify(hosts) }
  const child = spawn(process.execPath, ['wallet.mjs'], { cwd: FOLDER, env, stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting = new Map<number, (answer: { value?: unknown; error?: string; cause?: string }) => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{')) return
    const { id, ...answer } = JSON.parse(line)
    waiting.get(id)?.(answer)
  })
  let last = 0
  return {
    ask: async <Value>(command: string, options: object): Promise<Value> => {
      const id = ++last
      const answer = await new Promise<{ value?: unknown; error?: string; cause?: string }>((resolve) => {
        waiting.set(id, resolve)
        child.stdin.write(`${JSON.stringify({ id, command, ...options })}\n`)
      })
      if (answer.error !== undefined) throw new Error(`Credo: ${JSON.stringify(answer)}`)
      return answer.value as Value
    },
    close: () => {
      child.kill()
    },
  }
}
