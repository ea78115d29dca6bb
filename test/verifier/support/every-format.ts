import { createMemoryStore } from '../../../src/adapters/memory/memory-store.js'
import { fixedClock } from '../../../src/core/clock.js'
import type { JsonObject } from '../../../src/core/json.js'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../../src/credentials/catalogue.js'
import { generateKey } from '../../../src/crypto/keys.js'
import { createLocalSigner } from '../../../src/crypto/local-signer.js'
import { CREDENTIAL_FORMATS, credentialFormat, type IssuingFormat } from '../../../src/formats/sign.js'
import { createIssuer } from '../../../src/issuer/create-issuer.js'
import type { IssuedCredential, Issuer } from '../../../src/issuer/issuer.js'
import type { SignatureAlgorithm, Signer } from '../../../src/ports/signer.js'
import { createVerifier, type Verifier, type VerifierOptions } from '../../../src/verifier/create-verifier.js'
import type { Draft } from './sign.js'
import { createWorld, ISSUED, requestFor, trustListWith, type World } from './world.js'

/** A format, and a key that can write it. */
export type Way = readonly [IssuingFormat, SignatureAlgorithm]

const SIGNING: readonly SignatureAlgorithm[] = ['EdDSA', 'ES256', 'ES384', 'ES512']

/** Every format with every key that can write it. */
export const WAYS: readonly Way[] = (Object.keys(CREDENTIAL_FORMATS) as IssuingFormat[]).flatMap((format) =>
  SIGNING.filter((algorithm) => credentialFormat(format).algorithms.includes(algorithm)).map(
    (algorithm): Way => [format, algorithm],
  ),
)

/** One organisation that may issue everything, with a key for each algorithm, all of them listed. */
export interface EveryFormat {
  readonly world: World
  readonly trustList: string
  readonly signers: readonly Signer[]
  readonly issuers: Readonly<Record<SignatureAlgorithm, Issuer>>
  issue(way: Way, type: CredentialTypeName, change?: (draft: Draft) => void): Promise<IssuedCredential>
  verifier(more?: Partial<VerifierOptions>): Promise<Verifier>
}

const ROLES = ['nationalBody', 'employer', 'hostEmployer', 'trainingBody', 'identityProvider']

/** Southmere, a did:web, with more keys than it has and every role there is. */
export const createEveryFormat = async (): Promise<EveryFormat> => {
  const world = await createWorld()
  const { did } = world.authority.organisations.southmere
  const store = createMemoryStore()
  const signers = await Promise.all(
    SIGNING.map(async (algorithm) => createLocalSigner(await generateKey(algorithm), `${did}#${algorithm}`)),
  )
  const trustList = await trustListWith(world, 'southmere', (entry) => {
    entry.roles = ROLES
    entry.mayIssue = [{ type: '*' }]
    entry.keys = signers.map(({ keyId, publicKeyJwk }) => ({
      id: keyId,
      publicKeyJwk,
      validFrom: '2020-01-01T00:00:00Z',
    }))
  })
  const issuers = Object.fromEntries(
    signers.map((signer) => [
      signer.algorithm,
      createIssuer({
        id: did,
        name: 'Southmere NHS Trust (fictional)',
        odsCode: 'RZ2',
        signer,
        register: store.register,
        statusLists: store.statusLists,
        statusUrl: 'https://status.southmere.example/lists',
        clock: fixedClock(ISSUED),
      }),
    ]),
  ) as EveryFormat['issuers']
  const published = async () => {
    const lists: (JsonObject | string)[] = []
    for await (const { credential } of issuers.ES256.publishStatus()) lists.push(credential)
    return lists
  }
  return {
    world,
    trustList,
    signers,
    issuers,
    issue: ([format, algorithm], type, change) =>
      issuers[algorithm].issue(type, requestFor(world.authority, type, change) as never, { format }),
    verifier: async (more = {}) =>
      createVerifier({ ...world.options, trustList, statusLists: await published(), ...more }),
  }
}

/** Every type of the catalogue. */
export const TYPES = Object.keys(CREDENTIAL_TYPES) as readonly CredentialTypeName[]
