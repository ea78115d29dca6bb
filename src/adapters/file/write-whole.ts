import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r')
  // Some systems cannot sync a folder; there the name is safe once the file is.
  await folder.sync().catch(() => undefined)
  await folder.close()
}

/** Writes a file whole, for its owner alone: after a crash it holds this text, or the one before, and never a part. */
export const writeWhole = async (path: string, text: string): Promise<void> => {
  const temporary = join(dirname(path), `.${randomUUID()}`)
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
