import { stat } from 'node:fs/promises'
import { type KeyFileContent, openKeyFile } from '../crypto/key-file.js'
import { createLocalSigner } from '../crypto/local-signer.js'
import type { Signer } from '../ports/signer.js'
import { misuse } from './exit.js'
import { readTextFile } from './files.js'
import { shown, type Terminal } from './terminal.js'

/** Options of every command that opens a key file. */
export interface KeyOptions {
  readonly key: string
  readonly passphraseFile?: string
}

const OTHERS_MAY_READ = 0o077

/** Says so when other users of this machine can read a file that holds a secret. */
export const warnIfExposed = async (path: string, terminal: Terminal): Promise<void> => {
  if (process.platform === 'win32' || path === '-') return
  const found = await stat(path).catch(() => undefined)
  if (found && (found.mode & OTHERS_MAY_READ) !== 0)
    terminal.note(`Warning: other users of this machine can read ${shown(path)}; run chmod 600 on it`)
}

/** The passphrase: the first line of the file, or an answer at the prompt. @throws CommandError 64 when it is empty */
export const readPassphrase = async (
  terminal: Terminal,
  question: string,
  file: string | undefined,
): Promise<string> => {
  if (file !== undefined) await warnIfExposed(file, terminal)
  const text = file === undefined ? await terminal.askPassphrase(question) : await readTextFile(file, terminal)
  const passphrase = text.split(/\r?\n/, 1)[0] ?? ''
  if (passphrase === '') throw misuse('The passphrase is empty')
  return passphrase
}

/** Opens an encrypted key file. */
export const openKey = async (options: KeyOptions, terminal: Terminal): Promise<KeyFileContent> => {
  const text = await readTextFile(options.key, terminal)
  await warnIfExposed(options.key, terminal)
  const passphrase = await readPassphrase(terminal, `Passphrase of ${shown(options.key)}`, options.passphraseFile)
  return openKeyFile(text.trim(), passphrase)
}

/** Opens an encrypted key file and makes a signer of it. */
export const openSigner = async (
  options: KeyOptions,
  terminal: Terminal,
): Promise<{ readonly did: string; readonly signer: Signer }> => {
  const key = await openKey(options, terminal)
  return { did: key.did, signer: await createLocalSigner(key.privateKeyJwk, key.keyId) }
}
