import { fixedClock } from '../../../src/core/clock.js'
import type { Json, JsonObject } from '../../../src/core/json.js'
import { CREDENTIAL_TYPES } from '../../../src/credentials/catalogue.js'
import { generateKey } from '../../../src/crypto/keys.js'
import { createLocalSigner } from '../../../src/crypto/local-signer.js'
import { didKey } from '../../../src/dids/did-key.js'
import { readInput } from '../../../src/formats/read.js'
import type { IssueRequest } from '../../../src/issuer/issuer.js'
import type { Signer } from '../../../src/ports/signer.js'
import { createDemoAuthority, type DemoAuthority } from '../../../src/testing/demo-authority.js'
import type { TrustedOrganisation, TrustList } from '../../../src/trust/trust-list.js'
import type { VerifierOptions } from '../../../src/verifier/create-verifier.js'
import { POLICIES } from '../../../src/verifier/policy.js'
import { type Draft, edited, type Format, type Securing } from './sign.js'

/** The moment at which the tests' world was made, and at which the golden credentials were issued. */
export const ISSUED = '2026-03-02T09:00:00Z'
/** The moment at which they are verified. */
export const NOW = '2026-03-02T12:00:00Z'

export const CHALLENGE = 'c6e1f2b4-one-time'
export const AUDIENCE = 'https://southmere.example/verifier'

/** A credential as its issuer handed it out, and the document in it. */
export interface Golden {
  readonly credential: JsonObject | string
  readonly document: JsonObject
}

/** A small world with everything in order. */
export interface World {
  readonly authority: DemoAuthority
  readonly options: VerifierOptions
  /** An employment assignment of Northfield, which has a revocation and a suspension entry. */
  readonly golden: Readonly<Record<Format, Golden>>
  /** The holder's identity credential. */
  readonly identity: Golden
  readonly statusLists: readonly (JsonObject | string)[]
}

/** The unique identifier of the holder. */
const UNIQUE_IDENTIFIER = '6f1c1f0e-0a52-4c5e-9d0b-6d0f3a8c7b11'

/** A request for a credential of the type, from its first golden example. */
export const requestFor = (
  authority: DemoAuthority,
  type: keyof typeof CREDENTIAL_TYPES,
  change?: (draft: Draft) => void,
): Draft => {
  const [example] = CREDENTIAL_TYPES[type].examples
  const request: JsonObject = {
    subject: authority.holder.did,
    uniqueIdentifier: UNIQUE_IDENTIFIER,
    assurance: example.assurance,
    claims: example.claims,
    ...(example.evidence ? { evidence: example.evidence as Json } : {}),
  }
  return edited(request, (draft) => change?.(draft)) as unknown as IssueRequest<'EmploymentAssignment'>
}

const atNorthfield = (draft: Draft): void => {
  draft.claims.employingOrganisation = 'Northfield NHS Trust (fictional)'
  draft.claims.employingOrganisationOds = 'RZ1'
}

/** Makes the world: real keys, real signatures, nothing mocked. */
export const createWorld = async (): Promise<World> => {
  const authority = await createDemoAuthority({ clock: fixedClock(ISSUED) })
  const { northfield, identityProvider, nationalBody } = authority.organisations
  const issue = (format: Format) =>
    northfield.issuer.issue('EmploymentAssignment', requestFor(authority, 'EmploymentAssignment', atNorthfield), {
      format,
    })
  const identityIssuer = CREDENTIAL_TYPES.Identity.issuedBy.some((role) => role === 'identityProvider')
    ? identityProvider
    : nationalBody
  const identity = await identityIssuer.issuer.issue('Identity', requestFor(authority, 'Identity'))
  const golden = { 'data-integrity': await issue('data-integrity'), 'vc+jwt': await issue('vc+jwt') }
  const statusLists = await authority.statusLists()
  return {
    authority,
    golden,
    identity,
    statusLists,
    options: {
      policy: POLICIES.nhs,
      trustList: authority.trustList,
      anchor: authority.anchor,
      clock: fixedClock(NOW),
      statusLists,
    },
  }
}

/** How Northfield signs. */
export const northfieldSecuring = ({ authority }: World, more: Partial<Securing> = {}): Securing => ({
  signer: authority.organisations.northfield.signer,
  created: ISSUED,
  ...more,
})

/** The trust list with one organisation changed, signed by the anchor. */
export const trustListWith = (
  { authority }: World,
  organisationId: string,
  change: (draft: Draft) => void,
  whole: (draft: Draft) => void = () => {},
): Promise<string> => {
  const organisations = authority.list.organisations.map((entry) =>
    entry.id === organisationId
      ? (edited(entry as unknown as JsonObject, change) as unknown as TrustedOrganisation)
      : entry,
  )
  const list = edited({ ...authority.list, organisations } as unknown as JsonObject, whole)
  return authority.signTrustList(list as unknown as TrustList)
}

/** The document of a list or credential, without its proof. */
export const documentOf = (credential: unknown): JsonObject => {
  const read = readInput(credential)
  if (!read.ok) throw new Error(`not readable: ${read.code}`)
  return read.input.document
}

/** A stranger's key under a DID of its own, or under a given key id. */
export const strangerSigner = async (keyId?: string): Promise<Signer> => {
  const key = await generateKey('EdDSA')
  return createLocalSigner(key, keyId ?? didKey(key).keyId)
}

/** The same key under another name. */
export const renamed = (signer: Signer, keyId: string): Signer => ({ ...signer, keyId })
