import { expect } from 'vitest'
import { CHECK_CODES, ERROR_CODES } from '../../src/core/codes.js'
import { PassportError } from '../../src/core/errors.js'
import type { GuardedFetch } from '../../src/ports/guarded-fetch.js'
import { CODES, type Token } from './codes.js'

/** What every row is held to, over and above its code. */
export interface RowOptions {
  /** Milliseconds the attempt may take; 1,000 unless the row says otherwise. */
  readonly within?: number
  /** Texts that no message, report or result may repeat: tokens, secrets, personal data. */
  readonly secrets?: readonly string[]
  /** The exact code of ours, where the row's test knows better than the token. */
  readonly code?: string
  /** A spy that must not have been asked. */
  readonly fetch?: SpyFetch
}

/** A fetcher that answers nothing and counts who asked. */
export interface SpyFetch {
  readonly fetch: GuardedFetch
  readonly requests: readonly string[]
}

/** Makes a fetcher that refuses every request and remembers its address. */
export const spyFetch = (answer?: GuardedFetch): SpyFetch => {
  const requests: string[] = []
  const fetch: GuardedFetch = async (url, request) => {
    requests.push(url)
    if (answer) return answer(url, request)
    throw new PassportError('fetch.failed', 'The spy answers nothing', { retryable: true })
  }
  return { fetch, requests }
}

const KNOWN = new Set<string>([...Object.keys(CHECK_CODES), ...Object.keys(ERROR_CODES)])

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const ACCEPTING = new Set(['accepted', 'passed'])

/** Every `code` in a result, report or thrown error, at any depth. */
const codesIn = (value: unknown, depth = 0): readonly string[] => {
  if (!isObject(value) || depth > 12) return []
  const own = typeof value.code === 'string' ? [value.code] : []
  return [...own, ...Object.values(value).flatMap((inner) => codesIn(inner, depth + 1))]
}

const outcomeOf = async (attempt: () => unknown): Promise<{ value: unknown; thrown: boolean }> => {
  try {
    return { value: await attempt(), thrown: false }
  } catch (error) {
    return { value: error, thrown: true }
  }
}

// Rule 1: a report or a typed error with a stable code, never a bare Error.
const checkTyped = (value: unknown, thrown: boolean): void => {
  if (!thrown) return
  expect(value, 'a typed error, never a bare one').toSatisfy(
    (error) => error instanceof PassportError || (error instanceof TypeError && codesIn(error).length > 0),
  )
}

// Rule 2: fail closed.
const checkClosed = (value: unknown): void => {
  if (!isObject(value)) throw new TypeError('The attempt must give an object: a result, a report or a finding')
  expect(value.ok, 'nothing says ok').not.toBe(true)
  for (const key of ['verdict', 'outcome'])
    expect(ACCEPTING.has(String(value[key])), `${key} does not say accepted`).toBe(false)
  expect(value.credential, 'no claims are reachable').toBeUndefined()
  expect(value.presentation, 'no claims are reachable').toBeUndefined()
}

// Rule 4: short, clean, and silent about people.
const checkSilent = (value: unknown, secrets: readonly string[]): void => {
  const message = value instanceof Error ? value.message : ''
  expect(message.length).toBeLessThanOrEqual(500)
  expect(message).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
  const said = message + (value instanceof Error ? '' : JSON.stringify(value))
  for (const secret of secrets) expect(said.includes(secret), 'the result repeats a secret').toBe(false)
}

/**
 * Makes the attempt and holds it to the rules of every reject row: typed, closed, quick, silent, without a request,
 * and with a code that the token stands for. Takes whatever our functions give: a verification result, a report, a
 * finding, `{ ok: false, code }`, or a thrown `PassportError`.
 * @returns the result (or the error), for further questions
 */
export const expectRefused = async (
  token: Token,
  attempt: () => unknown,
  options: RowOptions = {},
): Promise<unknown> => {
  const started = performance.now()
  const { value, thrown } = await outcomeOf(attempt)
  expect(performance.now() - started, 'in time').toBeLessThan(options.within ?? 1_000)
  checkTyped(value, thrown)
  checkClosed(value)
  checkSilent(value, options.secrets ?? [])
  const codes = codesIn(value)
  for (const code of codes)
    if (!code.startsWith('schema.')) expect(KNOWN.has(code), `${code} is a known code`).toBe(true)
  const wanted: readonly string[] = options.code === undefined ? CODES[token] : [options.code]
  expect(
    codes.some((code) => wanted.includes(code)),
    `one of ${wanted.join(', ')} among ${codes.join(', ') || 'none'}`,
  ).toBe(true)
  if (options.fetch) expect(options.fetch.requests, 'no request went out').toEqual([])
  return value
}

/** Makes the attempt of an ACCEPT row: it must say so, whatever kind of result it is. */
export const expectAccepted = async (attempt: () => unknown, options: RowOptions = {}): Promise<unknown> => {
  const started = performance.now()
  const value = await attempt()
  expect(performance.now() - started, 'in time').toBeLessThan(options.within ?? 1_000)
  if (!isObject(value)) throw new TypeError('The attempt must give an object: a result, a report or a finding')
  const said = value.ok ?? value.verdict ?? value.outcome
  expect(said, JSON.stringify(codesIn(value))).toSatisfy((word) => word === true || ACCEPTING.has(String(word)))
  return value
}
