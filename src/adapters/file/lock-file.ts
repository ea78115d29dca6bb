import { readFile, rm, writeFile } from 'node:fs/promises'
import { PassportError } from '../../core/errors.js'

const locked = (): PassportError =>
  new PassportError('store.locked', 'Another process has the file open', { retryable: true })

const isAlive = (processId: number): boolean => {
  try {
    return process.kill(processId, 0)
  } catch (error) {
    // Of another user's process nothing may be asked; but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const takeLock = (path: string): Promise<boolean> =>
  writeFile(path, `${process.pid}\n`, { flag: 'wx', mode: 0o600 }).then(
    () => true,
    (error) => (error.code === 'EEXIST' ? false : Promise.reject(error)),
  )

/**
 * Makes a lock file that names this process. One that a process left behind when it died is taken over.
 * @returns how to give it up
 * @throws PassportError `store.locked` while the process that it names lives
 */
export const lockFile = async (path: string): Promise<() => Promise<void>> => {
  const unlock = () => rm(path, { force: true })
  if (await takeLock(path)) return unlock
  const owner = Number((await readFile(path, 'utf8').catch(() => '')).trim())
  if (owner > 0 && isAlive(owner)) throw locked()
  await rm(path, { force: true })
  if (await takeLock(path)) return unlock
  throw locked()
}
