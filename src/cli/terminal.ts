import { isCancel, password, progress } from '@clack/prompts'
import picocolors from 'picocolors'
import { toDisplayText } from '../codec/display-text.js'
import { misuse } from './exit.js'

/** Shows how far a long task has come: as a bar, or as lines now and then where nobody is looking. */
export interface Progress {
  /** By so many steps, 1 by default; `says` stands instead of the count. */
  advance(steps?: number, says?: string): void
  done(): void
}

/** Where a command reads and writes. Tests give one of their own. */
export interface Terminal {
  /** What the command was asked for: standard output. */
  write(text: string): void
  /** What it has to say besides: standard error. */
  note(text: string): void
  readonly colours: ReturnType<typeof picocolors.createColors>
  /** Characters in a line; `undefined` when piped. */
  readonly width: number | undefined
  readStandardInput(): Promise<Uint8Array>
  askPassphrase(question: string): Promise<string>
  startProgress(label: string, total: number): Progress
}

const SILENT: Progress = { advance: () => {}, done: () => {} }
const WORTH_SHOWING = 20

const readAll = async (): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const askPassphrase = async (question: string): Promise<string> => {
  if (!process.stdin.isTTY) throw misuse('No terminal to ask for the passphrase; use --passphrase-file <file>')
  const answer = await password({ message: question, output: process.stderr })
  if (isCancel(answer)) throw misuse('No passphrase was given')
  return answer
}

const QUIET_MILLISECONDS = 10_000

/** In a log: a line now and then, and none of what is soon done. */
const startLog = (label: string, total: number): Progress => {
  let count = 0
  let last = performance.now()
  return {
    advance: (steps = 1, says = '') => {
      count += steps
      if (performance.now() - last < QUIET_MILLISECONDS) return
      last = performance.now()
      process.stderr.write(`${label}: ${count} of ${total}${says === '' ? '' : `, ${says}`}\n`)
    },
    done: () => {},
  }
}

const startProgress = (label: string, total: number): Progress => {
  if (total < WORTH_SHOWING) return SILENT
  if (!process.stderr.isTTY) return startLog(label, total)
  const bar = progress({ max: total, output: process.stderr })
  let count = 0
  bar.start(`${label}: 0 of ${total}`)
  return {
    advance: (steps = 1, says = `${label}: ${count + steps} of ${total}`) => {
      count += steps
      bar.advance(steps, says)
    },
    done: () => bar.stop(`${label}: ${count} of ${total}`),
  }
}

/** The terminal of this process. Everything shown is neutralised line by line first. */
export const processTerminal = (): Terminal => ({
  write: (text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
  colours: picocolors.createColors(picocolors.isColorSupported && process.stdout.isTTY === true),
  width: process.stdout.isTTY ? process.stdout.columns : undefined,
  readStandardInput: readAll,
  askPassphrase,
  startProgress,
})

/** Text from outside, made safe to show: no control, bidirectional or invisible characters, one line. */
export const shown = (text: string): string => toDisplayText(text)
