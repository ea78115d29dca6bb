import type { JsonObject } from '../../src/core/json.js'
import { CREDENTIAL_FORMATS, type CredentialFormatRow } from '../../src/formats/sign.js'
import type { SignatureAlgorithm } from '../../src/ports/signer.js'
import { type BenchKey, createKey } from '../keys.js'
import { forgeToken, signByHand, verifyByHand } from '../limit.js'
import type { Contender } from '../measure.js'
import { checkSignature, forgeDocument } from '../ours.js'
import { PAYLOADS, type PayloadName, payload } from '../payloads.js'
import { CONTEXTS, peer } from '../peers.js'
import type { Plan } from '../plan.js'
import { LIMIT, US } from '../report.js'

const PEER = '@digitalbazaar/vc'

const SUITES: Readonly<Record<string, SignatureAlgorithm>> = {
  'eddsa-rdfc-2022': 'EdDSA',
  'eddsa-jcs-2022': 'EdDSA',
  'ecdsa-rdfc-2019': 'ES256',
  'ecdsa-jcs-2019': 'ES256',
}

const rows: Readonly<Record<string, CredentialFormatRow>> = CREDENTIAL_FORMATS

const stack = async (key: BenchKey) => (await peer('digitalbazaar')).createPeer({ key, contexts: CONTEXTS })

const verifying = async (suite: string, name: PayloadName): Promise<readonly Contender[]> => {
  const key = await createKey(SUITES[suite] ?? 'EdDSA')
  const document = payload(name, key.did, key.did)
  const token = signByHand(document, key)
  const theirs = await stack(key)
  const signed = await theirs.sign(suite, document)
  const [text, forged] = [JSON.stringify(signed), forgeDocument(signed)]
  const check = checkSignature(key)
  return [
    { name: LIMIT, run: () => verifyByHand(token, key), forged: () => verifyByHand(forgeToken(token), key) },
    { name: US, run: () => check(text), forged: () => check(forged) },
    { name: PEER, run: () => theirs.verify(suite, text), forged: () => theirs.verify(suite, forged) },
  ]
}

const signing = async (suite: string, name: PayloadName): Promise<readonly Contender[]> => {
  const key = await createKey(SUITES[suite] ?? 'EdDSA')
  const document = payload(name, key.did, key.did)
  const theirs = await stack(key)
  const created = new Date()
  const sign = rows[suite]?.sign
  const isSigned = (signed: JsonObject | string | undefined) => typeof signed === 'object' && signed.proof !== undefined
  return [
    { name: LIMIT, run: () => signByHand(document, key).length > 0 },
    { name: US, run: async () => isSigned(await sign?.(document, key.signer, { created })) },
    { name: PEER, run: async () => isSigned(await theirs.sign(suite, document)) },
  ]
}

const ours = Object.keys(SUITES).filter((suite) => Object.hasOwn(rows, suite))

/** Signing and verifying linked data and JCS, suite by suite. */
export const DATA_INTEGRITY: readonly Plan[] = ours.flatMap((suite): readonly Plan[] => [
  { work: `verify ${suite}`, payloads: PAYLOADS, prepare: (name) => verifying(suite, name) },
  { work: `sign ${suite}`, payloads: PAYLOADS, prepare: (name) => signing(suite, name) },
])
