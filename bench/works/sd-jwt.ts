import { createHash } from 'node:crypto'
import type { JsonObject } from '../../src/core/json.js'
import { CREDENTIAL_FORMATS } from '../../src/formats/sign.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES, type Policy } from '../../src/verifier/policy.js'
import { type BenchKey, createKey } from '../keys.js'
import { forgeToken, verifyByHand } from '../limit.js'
import type { Contender } from '../measure.js'
import { checkPresented } from '../ours.js'
import { PAYLOADS, type PayloadName, payload } from '../payloads.js'
import { peer } from '../peers.js'
import type { Plan } from '../plan.js'
import { LIMIT, US } from '../report.js'

const FORMAT = 'dc+sd-jwt'
const ASKED = { nonce: 'c6e1f2b4-one-time', audience: 'https://southmere.example/verifier' }

interface Parties {
  readonly issuer: BenchKey
  readonly holder: BenchKey
}

const subjectOf = (document: JsonObject): JsonObject => document.credentialSubject as JsonObject

// The claims of the payload as an SD-JWT VC of somebody's own type says them; the largest may be withheld.
const claimsOf = (document: JsonObject, { issuer, holder }: Parties): JsonObject => {
  const { id: _, ...claims } = subjectOf(document)
  return {
    iss: issuer.did,
    sub: holder.did,
    iat: Math.floor(Date.now() / 1000),
    vct: 'https://bench.example/vct',
    cnf: { jwk: { ...holder.publicKeyJwk } },
    ...claims,
  }
}

const disclosableIn = (document: JsonObject): readonly string[] =>
  Object.keys(subjectOf(document)).filter((name) => !['id', 'uniqueIdentifier', 'assurance'].includes(name))

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** The least: each disclosure's hash is in the payload, the holder's token is for this very text, two signatures. */
const verifyPresentationByHand = (text: string, { issuer, holder }: Parties): boolean => {
  const end = text.lastIndexOf('~') + 1
  const [token = '', ...disclosures] = text.slice(0, end - 1).split('~')
  const binding = text.slice(end)
  const payloadOf = (jws: string) => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString())
  const digests: readonly string[] = payloadOf(token)._sd ?? []
  for (const disclosure of disclosures) {
    JSON.parse(Buffer.from(disclosure, 'base64url').toString())
    if (!digests.includes(hash(disclosure))) return false
  }
  const { sd_hash, nonce, aud } = payloadOf(binding)
  const isOurs = sd_hash === hash(text.slice(0, end)) && nonce === ASKED.nonce && aud === ASKED.audience
  return isOurs && verifyByHand(token, issuer) && verifyByHand(binding, holder)
}

// Whatever asks about trust is skipped, and the holder's key is not.
const { holderBinding: _, ...skip } = POLICIES['w3c-proof-only'].skip
const POLICY: Policy = { ...POLICIES['w3c-proof-only'], name: 'proofs and the holder', skip }

const present = async (name: PayloadName) => {
  const parties = { issuer: await createKey('ES256'), holder: await createKey('ES256') }
  const document = payload(name, parties.issuer.did, parties.holder.did)
  const theirs = (await peer('sd-jwt')).createPeer(parties)
  const disclosable = disclosableIn(document)
  const issued = await theirs.issue(claimsOf(document, parties), disclosable)
  const frame = Object.fromEntries(disclosable.map((claim) => [claim, true]))
  const text = await theirs.present(issued, frame, ASKED)
  return { parties, theirs, text, forged: forgeToken(text) }
}

const verifying = async (name: PayloadName): Promise<readonly Contender[]> => {
  const { parties, theirs, text, forged } = await present(name)
  const check = checkPresented(parties.issuer, ASKED)
  return [
    {
      name: LIMIT,
      run: () => verifyPresentationByHand(text, parties),
      forged: () => verifyPresentationByHand(forged, parties),
    },
    { name: US, run: () => check(text), forged: () => check(forged) },
    {
      name: '@sd-jwt/sd-jwt-vc',
      run: () => theirs.verify(text, ASKED.nonce),
      forged: () => theirs.verify(forged, ASKED.nonce),
    },
  ]
}

/** All that a verifier asks, the issuer's key found by its DID and a report written, beside the check alone. */
const completing = async (name: PayloadName): Promise<readonly Contender[]> => {
  const { parties, text, forged } = await present(name)
  const check = checkPresented(parties.issuer, ASKED)
  const verifier = createVerifier({ policy: POLICY })
  const expected = { expectedChallenge: ASKED.nonce, expectedAudience: ASKED.audience }
  const verify = async (input: string) => (await verifier.verify(input, expected)).verdict === 'accepted'
  return [
    { name: LIMIT, run: () => check(text), forged: () => check(forged) },
    { name: US, run: () => verify(text), forged: () => verify(forged) },
  ]
}

/** SD-JWT VC with key binding: the issuer's signature, every disclosure, and the holder's. */
export const SD_JWT: readonly Plan[] = Object.hasOwn(CREDENTIAL_FORMATS, FORMAT)
  ? [
      { work: `verify ${FORMAT} with key binding`, payloads: PAYLOADS, prepare: verifying },
      { work: `complete ${FORMAT} with key binding`, payloads: PAYLOADS, prepare: completing },
    ]
  : []
