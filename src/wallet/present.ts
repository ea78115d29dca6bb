import { decodeBase64url } from '#runtime'
import { parseStrictJson } from '../codec/strict-json.js'
import { type Clock, systemClock } from '../core/clock.js'
import { isJsonObject, type Json, type JsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { PRESENTATION_FORMATS } from '../formats/sign.js'
import type { SignatureAlgorithm, Signer } from '../ports/signer.js'

/** What to present, to whom, and in answer to what. */
export interface PresentationOptions {
  /** Credentials as they were issued: JSON documents, or compact tokens. */
  readonly credentials: readonly (JsonObject | string)[]
  /** The holder's DID, which the signer's key belongs to. */
  readonly holder: string
  readonly signer: Signer
  /** The verifier's challenge, used once. */
  readonly challenge: string
  /** The verifier's own identifier, exactly as it states it. */
  readonly audience: string
  /** By default `data-integrity` for EdDSA, and `vp+jwt` for every other key. */
  readonly format?: 'data-integrity' | 'vp+jwt' | 'jwt_vp_json'
  readonly clock?: Clock
  /** How long the presentation may be accepted, for formats that say so; by default ten minutes. */
  readonly validForSeconds?: number
}

const LINKED_DATA: readonly SignatureAlgorithm[] = ['EdDSA', 'ES256', 'ES384']
const VCDM_2 = 'https://www.w3.org/ns/credentials/v2'
const TEN_MINUTES = 600

const typeOf = (token: string): Json | undefined => {
  const bytes = decodeBase64url(token.split('.', 1)[0] ?? '')
  const parsed = bytes && parseStrictJson(bytes)
  return parsed?.ok && isJsonObject(parsed.value) ? parsed.value.typ : undefined
}

const ENVELOPED = ['vc+jwt', 'vc+sd-jwt', 'dc+sd-jwt']

// VCDM 2.0, 4.13: a token travels inside a presentation as an enveloped credential, under its own media type.
const envelope = (credential: JsonObject | string): JsonObject => {
  if (isJsonObject(credential)) return credential
  const type = ENVELOPED.find((known) => known === typeOf(credential))
  if (type === undefined) throw new TypeError(`A token in a presentation must be one of ${ENVELOPED.join(', ')}`)
  return { '@context': VCDM_2, id: `data:application/${type},${credential}`, type: 'EnvelopedVerifiableCredential' }
}

const checkOptions = (options: PresentationOptions): void => {
  if (options.credentials.length === 0) throw new TypeError('credentials must hold at least one credential')
  if (options.credentials.length > LIMITS.presentationCredentials)
    throw new TypeError(`credentials must hold at most ${LIMITS.presentationCredentials}`)
  if (!options.challenge || !options.audience) throw new TypeError('challenge and audience are needed')
  if (!options.signer.keyId.startsWith(`${options.holder}#`))
    throw new TypeError("the signer's key must be the holder's")
  if (options.format === 'data-integrity' && !LINKED_DATA.includes(options.signer.algorithm))
    throw new TypeError(`A key for ${options.signer.algorithm} signs no linked data; use vp+jwt`)
}

/**
 * Makes a presentation: the holder's signature over the credentials, the challenge and the audience.
 * @returns a JSON document with its proof, or a compact token
 * @throws TypeError when an option does not fit
 * @see Verifiable Credentials Data Model 2.0, section 4.13
 */
export const createPresentation = async (options: PresentationOptions): Promise<JsonObject | string> => {
  checkOptions(options)
  const { signer, challenge, audience } = options
  const format = options.format ?? (signer.algorithm === 'EdDSA' ? 'data-integrity' : 'vp+jwt')
  const created = (options.clock ?? systemClock).now()
  const document: JsonObject = {
    '@context': [VCDM_2],
    type: ['VerifiablePresentation'],
    holder: options.holder,
    // VCDM 1.1, 6.3.1: a token stands in the list as it is.
    verifiableCredential: format === 'jwt_vp_json' ? options.credentials : options.credentials.map(envelope),
  }
  const expires = new Date(created.getTime() + (options.validForSeconds ?? TEN_MINUTES) * 1000)
  return PRESENTATION_FORMATS[format](document, signer, { challenge, audience, created, expires })
}
