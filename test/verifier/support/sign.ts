import { encodeMultibase } from '../../../src/codec/multibase.js'
import type { Json, JsonObject } from '../../../src/core/json.js'
import { signCompactJws } from '../../../src/crypto/sign-compact-jws.js'
import { computeHashData } from '../../../src/formats/data-integrity/hash-data.js'
import type { Signer } from '../../../src/ports/signer.js'

/** The two ways in which a credential is secured. */
export type Format = 'data-integrity' | 'vc+jwt'
export const FORMATS: readonly Format[] = ['data-integrity', 'vc+jwt']

/** JSON that may be changed. */
// biome-ignore lint/suspicious/noExplicitAny: a draft of a document is whatever a test makes of it
export type Draft = any

/** A copy of a document, changed. */
export const edited = <T extends Json>(document: T, change: (draft: Draft) => void): T => {
  const draft = structuredClone(document)
  change(draft)
  return draft
}

/** What to put on a credential besides its document; `undefined` takes away. */
export interface Securing {
  readonly signer: Signer
  readonly created: string
  /** Over the members of the proof, signed. */
  readonly proof?: JsonObject
  /** Over the registered claims of the token. */
  readonly claims?: Readonly<Record<string, Json | undefined>>
  /** Over the members of the header. */
  readonly header?: JsonObject
}

/** Signs any document at all with an `eddsa-rdfc-2022` proof, as no issuer of ours would. */
export const withProof = async (document: JsonObject, securing: Securing): Promise<JsonObject> => {
  const { proof: earlier, ...bare } = document
  const configuration: JsonObject = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: securing.created,
    verificationMethod: securing.signer.keyId,
    proofPurpose: 'assertionMethod',
    ...securing.proof,
  }
  const { hashData } = await computeHashData(bare, configuration)
  const proofValue = encodeMultibase('z', await securing.signer.sign(hashData))
  const proof = { ...configuration, proofValue }
  return { ...bare, proof: earlier === undefined ? proof : ([earlier, proof] as Json) }
}

const idOf = (value: Draft): string | undefined => (typeof value === 'string' ? value : value?.id)

/** The payload of a token over a document, whatever the document. */
export const payloadOf = (document: JsonObject, { created, claims }: Securing): JsonObject =>
  JSON.parse(
    JSON.stringify({
      ...document,
      iss: idOf(document.issuer),
      jti: document.id,
      iat: Math.floor(Date.parse(created) / 1000),
      ...claims,
    }),
  )

/** Signs any payload at all as a token. */
export const withToken = (payload: JsonObject | string | Uint8Array, securing: Securing): Promise<string> =>
  signCompactJws({
    header: { typ: 'vc+jwt', ...securing.header },
    payload: typeof payload === 'string' || payload instanceof Uint8Array ? payload : JSON.stringify(payload),
    signer: securing.signer,
  })

/** Secures any document at all. */
export const secure = async (format: Format, document: JsonObject, securing: Securing): Promise<JsonObject | string> =>
  format === 'data-integrity' ? withProof(document, securing) : withToken(payloadOf(document, securing), securing)
