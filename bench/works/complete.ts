import { asArray, isJsonObject, type JsonObject } from '../../src/core/json.js'
import { CREDENTIAL_TYPES } from '../../src/credentials/catalogue.js'
import { importPublicKey } from '../../src/crypto/keys.js'
import type { IssuingFormat } from '../../src/formats/sign.js'
import { createDemoAuthority } from '../../src/testing/demo-authority.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import type { BenchKey } from '../keys.js'
import { forgeToken } from '../limit.js'
import type { Contender } from '../measure.js'
import { checkSignature, forgeDocument } from '../ours.js'
import { CATALOGUE_CLAIMS, PAYLOADS, type PayloadName } from '../payloads.js'
import type { Plan } from '../plan.js'
import { LIMIT, US } from '../report.js'

/** The signature check by itself is the limit here: all that a complete verification adds must be little. */
const prepare = async (format: IssuingFormat, name: PayloadName): Promise<readonly Contender[]> => {
  const authority = await createDemoAuthority()
  const { issuer, signer } = authority.organisations.northfield
  const { type, claims } = CATALOGUE_CLAIMS[name]()
  const [{ assurance, uniqueIdentifier }] = CREDENTIAL_TYPES[type].examples
  const request = { subject: authority.holder.did, uniqueIdentifier, assurance, claims }
  const { credential } = await issuer.issue(type, request as never, { format })
  const { trustList, anchor } = authority
  const statusLists = await authority.statusLists()
  const verifier = createVerifier({ policy: POLICIES.nhs, trustList, anchor, statusLists })
  const input = typeof credential === 'string' ? credential : JSON.stringify(credential)
  const forged = typeof credential === 'string' ? forgeToken(credential) : forgeDocument(credential)
  const signature = checkSignature({ publicKey: await importPublicKey(signer.publicKeyJwk) } as BenchKey)
  const complete = async (text: string) => (await verifier.verify(text)).verdict === 'accepted'
  if (asArray((isJsonObject(credential) ? credential : ({} as JsonObject)).proof).length > 1)
    throw new Error('one proof is timed')
  return [
    { name: LIMIT, run: () => signature(input), forged: () => signature(forged) },
    { name: US, run: () => complete(input), forged: () => complete(forged) },
  ]
}

/** All seven checks, with the trust list opened and the status lists at hand, beside the signature check alone. */
export const COMPLETE: readonly Plan[] = (['data-integrity', 'vc+jwt'] as const).map((format) => ({
  work: `complete ${format}`,
  payloads: PAYLOADS,
  prepare: (name) => prepare(format, name),
}))
