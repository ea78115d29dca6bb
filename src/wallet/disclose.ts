import { type Clock, systemClock } from '../core/clock.js'
import { isJsonObject, type JsonObject } from '../core/json.js'
import { rowForTypes } from '../credentials/rows.js'
import { deriveSelective } from '../formats/data-integrity/selective/derive.js'
import { readInput } from '../formats/read.js'
import { discloseSdJwt } from '../formats/sd-jwt/disclose.js'
import type { Signer } from '../ports/signer.js'

/** Whom a credential is presented to by itself, in a format that can be (SD-JWT with key binding). */
export interface PresentTo {
  /** The holder's key, to which the issuer bound the credential. */
  readonly signer: Signer
  /** The verifier's challenge, used once. */
  readonly challenge: string
  /** The verifier's own identifier, exactly as it states it. */
  readonly audience: string
  readonly clock?: Clock
}

/** What to show of a credential. */
export interface DiscloseOptions {
  /**
   * Which of the claims that may be withheld to show: names of claims of the credential's type, or JSON pointers into its
   * document. What may not be withheld is shown in any case.
   */
  readonly show: readonly string[]
  /** Proves, for an SD-JWT, to hold its key: the result is then a presentation of one credential. */
  readonly presentTo?: PresentTo
}

const pointersIn = (credential: JsonObject | string, show: readonly string[]): readonly string[] => {
  const read = readInput(credential, { contexts: 'anyKnown', certificateChain: true })
  const row = read.ok ? rowForTypes(read.input.types) : undefined
  return show.map((name) => {
    if (name.startsWith('/')) return name
    if (!row) throw new TypeError('Name claims of a type outside the catalogue by JSON pointers')
    return `/credentialSubject/${row.claimsKey}/${name}`
  })
}

/**
 * Shows some claims of a credential and withholds the others: of an SD-JWT (`vc+sd-jwt`, `dc+sd-jwt`) by its disclosures,
 * of an `ecdsa-sd-2023` document by a derived proof. Verifies nothing: do that when you receive a credential.
 *
 * ```ts
 * import { discloseClaims } from 'staff-passport'
 *
 * const forReception = async (identity: string) => discloseClaims(identity, { show: ['photo'] })
 * ```
 *
 * @returns a credential of the same format; with `presentTo`, a presentation of it
 * @throws TypeError for a credential whose format withholds nothing, or a claim that it does not let its holder choose
 * @see RFC 9901, section 7.2; Data Integrity ECDSA Cryptosuites 1.0, section 3.6.6
 */
export const discloseClaims = async (
  credential: JsonObject | string,
  { show, presentTo }: DiscloseOptions,
): Promise<JsonObject | string> => {
  const pointers = pointersIn(credential, show)
  if (isJsonObject(credential)) {
    if (presentTo) throw new TypeError('A document is presented with createPresentation; presentTo is for an SD-JWT')
    return deriveSelective(credential, { selectivePointers: pointers })
  }
  if (!presentTo) return discloseSdJwt(credential, { disclose: pointers })
  const { signer, challenge, audience, clock = systemClock } = presentTo
  const keyBinding = { signer, nonce: challenge, audience, created: clock.now() }
  return discloseSdJwt(credential, { disclose: pointers, keyBinding })
}
