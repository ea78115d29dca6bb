import { hashText, sha256 } from '#runtime'
import { toHex } from '../codec/hex.js'
import { canonicalizeJson } from '../codec/jcs.js'
import { parseStrictJson } from '../codec/strict-json.js'
import { tokenIn } from '../codec/token-text.js'
import { decodeUtf8, encodeUtf8 } from '../codec/utf8.js'
import type { CheckCode } from '../core/codes.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import type { Fault } from '../core/outcome.js'
import { ALGORITHM_NAMES } from '../crypto/algorithms.js'
import { readCompactJws } from '../crypto/compact-jws.js'
import { checkContexts, ownMembers } from './contexts.js'
import { findHiddenMember } from './data-integrity/member-names.js'
import { isDerived, readProofs } from './data-integrity/read.js'
import { isEnvelopeType, openEnvelope } from './envelope.js'
import type {
  ContextRules,
  CredentialFormat,
  FormatName,
  Kind,
  PresentationFormat,
  ReadInput,
  ReadPresentation,
  ReadResult,
  TokenResult,
} from './input.js'
import { isPlainJwt, readJwt11 } from './jwt-vc-json/read.js'
import { fromJsonSerialization } from './sd-jwt/from-json.js'
import { isSdJwtType, readSdJwt } from './sd-jwt/read.js'
import { checkShape, identifierOf } from './shape.js'
import { readToken } from './vc-jwt/read.js'

/** What is known of an input while it is being read. */
interface Reading {
  readonly sha256: string
  readonly kind?: Kind
  readonly format?: FormatName
}

const refuse = (reading: Reading, code: CheckCode, faults: readonly Fault[] = [{ path: '', code }]): ReadResult => ({
  ok: false,
  ...reading,
  code,
  faults,
})

const digest = (bytes: Uint8Array): string => toHex(sha256(bytes))

// A document is one thing. What called itself two would be read as the one here, and as the other elsewhere.
const kindOf = (document: JsonObject): Kind | undefined => {
  const types = asArray(document.type)
  const isCredential = types.includes('VerifiableCredential')
  const isPresentation = types.includes('VerifiablePresentation')
  if (isCredential === isPresentation || types.some(isEnvelopeType)) return undefined
  return isCredential ? 'credential' : 'presentation'
}

const typesOf = (document: JsonObject): readonly string[] =>
  asArray(document.type).filter((type): type is string => typeof type === 'string')

// What is no proper envelope stays as it is, and is refused when it is read by itself.
const credentialsIn = (document: JsonObject, rules: ContextRules): readonly (JsonObject | string)[] =>
  asArray(document.verifiableCredential)
    .filter(isJsonObject)
    .map((credential) => {
      const envelope = openEnvelope(credential, rules)
      return envelope?.ok ? envelope.token : credential
    })

type Secured = Pick<ReadInput, 'proofs'> &
  Partial<Pick<ReadInput, 'jws' | 'token' | 'selective' | 'status' | 'typeMetadata' | 'confirmation'>> &
  Partial<Pick<ReadPresentation, 'credentials' | 'keyBinding' | 'bound'>>

const complete = (
  reading: Required<Reading>,
  document: JsonObject,
  secured: Secured,
  rules: ContextRules,
): ReadResult => {
  const common = { sha256: reading.sha256, document, types: typesOf(document), ...secured }
  if (reading.kind === 'credential') {
    // A reader names a credential's format for a credential, and a presentation's for a presentation.
    const format = reading.format as CredentialFormat
    return { ok: true, input: { kind: 'credential', format, issuer: identifierOf(document.issuer) ?? '', ...common } }
  }
  const format = reading.format as PresentationFormat
  const holder = identifierOf(document.holder)
  const credentials = secured.credentials ?? credentialsIn(document, rules)
  if (credentials.length > LIMITS.presentationCredentials) return refuse(reading, 'format.tooDeep')
  return {
    ok: true,
    input: { kind: 'presentation', format, ...(holder === undefined ? {} : { holder }), credentials, ...common },
  }
}

const hiddenMember = (document: JsonObject, kind: Kind): string | undefined => {
  const own: Record<string, Json> = {}
  for (const [name, value] of ownMembers(document, kind)) own[name] = value
  return findHiddenMember(own, '')
}

const checkDocument = (
  reading: Required<Reading>,
  document: JsonObject,
  secured: Secured,
  rules: ContextRules,
): ReadResult => {
  const [first, ...others] = checkShape(document, reading.kind)
  if (first) return refuse(reading, first.code as CheckCode, [first, ...others])
  if (kindOf(document) !== reading.kind)
    return refuse(reading, 'format.typeMismatch', [{ path: '/type', code: 'format.typeMismatch' }])
  const context = checkContexts(document, reading.kind, rules)
  if (context) return refuse(reading, context.code, [context])
  const hidden = reading.format === 'data-integrity' ? hiddenMember(document, reading.kind) : undefined
  if (hidden !== undefined)
    return refuse(reading, 'format.forbiddenMember', [{ path: hidden, code: 'format.forbiddenMember' }])
  return complete(reading, document, secured, rules)
}

const readDocument = (hash: string, value: Json, rules: ContextRules): ReadResult => {
  if (!isJsonObject(value)) return refuse({ sha256: hash }, 'format.malformed')
  const compact = fromJsonSerialization(value)
  if (compact)
    return compact.ok ? readCompact(hash, compact.token, rules) : refuse({ sha256: hash }, 'format.malformed')
  const envelope = openEnvelope(value, rules)
  if (envelope?.ok) return readCompact(hash, envelope.token, rules)
  if (envelope) return refuse({ sha256: hash }, envelope.code, [{ path: envelope.path, code: envelope.code }])
  const kind = kindOf(value)
  if (!kind) return refuse({ sha256: hash }, 'format.malformed', [{ path: '/type', code: 'format.malformed' }])
  const reading = { sha256: hash, kind, format: 'data-integrity' as const }
  const { proof, ...document } = value
  const read = readProofs(proof, document)
  if (!read.ok) return refuse(reading, read.code, read.faults)
  const selective = read.proofs.some(isDerived) ? ({ selective: true } as const) : {}
  return checkDocument(reading, document, { proofs: read.proofs, ...selective }, rules)
}

const noToken = (code: CheckCode, path: string): TokenResult => ({ ok: false, code, faults: [{ path, code }] })

const readJws = (text: string, { certificateChain = false }: ContextRules): TokenResult => {
  const jws = readCompactJws(text, { algorithms: ALGORITHM_NAMES, certificateChain })
  if (!jws.ok) return noToken(jws.code, jws.path)
  // Without its tildes an SD-JWT is none, and a plain token must not pass for one (RFC 9901, section 4).
  if (isSdJwtType(jws.header.typ)) return noToken('format.malformed', '')
  return isPlainJwt(jws.header) ? readJwt11(jws) : readToken(jws)
}

const checkToken = (hash: string, read: TokenResult, rules: ContextRules): ReadResult => {
  if (!read.ok) return refuse({ sha256: hash, ...(read.format ? { format: read.format } : {}) }, read.code, read.faults)
  const { ok: _, kind, format, document, bound, ...secured } = read
  const credential = bound && { bound: checkToken(hashText('SHA-256', String(secured.credentials?.[0])), bound, rules) }
  return checkDocument({ sha256: hash, kind, format }, document, { proofs: [], ...secured, ...credential }, rules)
}

const readCompact = (hash: string, text: string, rules: ContextRules): ReadResult =>
  checkToken(hash, text.includes('~') ? readSdJwt(text, rules) : readJws(text, rules), rules)

const readText = (hash: string, text: string, rules: ContextRules): ReadResult => {
  if (!/^\s*[[{"]/.test(text)) {
    const token = tokenIn(text)
    return token.includes('.') ? readCompact(hash, token, rules) : refuse({ sha256: hash }, 'format.unknown')
  }
  const parsed = parseStrictJson(text)
  if (!parsed.ok) return refuse({ sha256: hash }, parsed.code, [{ path: parsed.path, code: parsed.code }])
  return readDocument(hash, parsed.value, rules)
}

const readBytes = (bytes: Uint8Array, rules: ContextRules): ReadResult => {
  // Too much to hash is too much: an empty digest would claim to identify it.
  if (bytes.length > LIMITS.inputBytes) return refuse({ sha256: digest(bytes.subarray(0, 0)) }, 'format.tooLarge')
  const hash = digest(bytes)
  const text = decodeUtf8(bytes)
  return text === undefined ? refuse({ sha256: hash }, 'format.notUtf8') : readText(hash, text, rules)
}

const BYTE_ORDER_MARK = '\ufeff'
// A unit of UTF-16 is three bytes of UTF-8 at most.
const SURELY_SMALL = LIMITS.inputBytes / 3

const readString = (input: string, rules: ContextRules): ReadResult => {
  // What UTF-8 cannot say, or says too much of, is judged as the bytes would be.
  if (input.length > SURELY_SMALL || input.startsWith(BYTE_ORDER_MARK) || !input.isWellFormed())
    return readBytes(encodeUtf8(input), rules)
  return readText(hashText('SHA-256', input), input, rules)
}

// An object may hold what JSON cannot say; what it says as JSON is what is judged.
const readObject = (input: object, rules: ContextRules): ReadResult => {
  let text: string | undefined
  try {
    text = JSON.stringify(input)
  } catch {
    text = undefined
  }
  const bytes = encodeUtf8(text ?? '')
  if (text === undefined || bytes.length > LIMITS.inputBytes)
    return refuse(
      { sha256: digest(bytes.subarray(0, LIMITS.inputBytes)) },
      text === undefined ? 'format.malformed' : 'format.tooLarge',
    )
  const parsed = parseStrictJson(text)
  if (!parsed.ok) return refuse({ sha256: digest(bytes) }, parsed.code, [{ path: parsed.path, code: parsed.code }])
  return readDocument(hashText('SHA-256', canonicalizeJson(parsed.value)), parsed.value, rules)
}

/**
 * The front door: takes anything and says either what it is, in one shape whatever the format, or with a code and a
 * path why it is nothing that we read. Never throws, verifies nothing, fetches nothing.
 * @param input a compact token, JSON text, their bytes, or a parsed JSON object
 * @see Verifiable Credentials Data Model 2.0; Securing Verifiable Credentials using JOSE and COSE
 */
export const readInput = (input: unknown, rules: ContextRules = {}): ReadResult => {
  if (typeof input === 'string') return readString(input, rules)
  if (input instanceof Uint8Array) return readBytes(input, rules)
  if (isJsonObject(input)) return readObject(input, rules)
  return refuse({ sha256: digest(new Uint8Array()) }, 'format.malformed')
}
