import { asArray, isJsonObject, type JsonObject } from '../core/json.js'
import type { Fault } from '../core/outcome.js'
import type { ReadInput } from './input.js'
import { DIGEST_MEMBERS, haveDigests } from './resource-digests.js'

/** Something that a credential names and you have: the very bytes behind its `id`. */
export interface RelatedResource {
  readonly id: string
  readonly bytes: Uint8Array
}

/** What came of comparing the digests of a document with the resources at hand. */
export interface RelatedResourcesFinding {
  readonly faults: readonly Fault[]
  /** How many digests were of a resource at hand, and were compared. */
  readonly compared: number
  /** How many were of a resource that is not at hand: nothing is known of those. */
  readonly notAtHand: number
}

// VCDM 2.0, 5.3: related resources are listed, and other objects with an `id` may state a digest too.
const MEMBERS = ['relatedResource', 'credentialSchema', 'evidence', 'termsOfUse', 'refreshService'] as const

interface Named {
  readonly path: string
  readonly object: JsonObject
}

const inMember = (document: JsonObject, name: string): readonly Named[] => {
  const value = document[name]
  return asArray(value).flatMap((object, index) =>
    isJsonObject(object) && DIGEST_MEMBERS.some((digest) => Object.hasOwn(object, digest))
      ? [{ object, path: Array.isArray(value) ? `/${name}/${index}` : `/${name}` }]
      : [],
  )
}

const CODE = 'signature.resourceMismatch'

/**
 * Compares the digests that a document states with the resources at hand. Nothing is fetched: what is not at hand is
 * counted, and not believed.
 * @see Verifiable Credentials Data Model 2.0, section 5.3; SD-JWT-based Verifiable Credentials, section 7
 */
export const checkRelatedResources = (
  document: JsonObject,
  resources: readonly RelatedResource[],
  typeMetadata?: ReadInput['typeMetadata'],
): RelatedResourcesFinding => {
  const ofType = typeMetadata ? [{ object: typeMetadata, path: '/vct#integrity' }] : []
  const answers = [...MEMBERS.flatMap((name) => inMember(document, name)), ...ofType].map(({ path, object }) => {
    const resource = resources.find(({ id }) => id === object.id)
    return { path, holds: resource && haveDigests(object, resource.bytes) }
  })
  const compared = answers.filter(({ holds }) => holds !== undefined)
  return {
    faults: compared.filter(({ holds }) => !holds).map(({ path }) => ({ path, code: CODE })),
    compared: compared.length,
    notAtHand: answers.length - compared.length,
  }
}
