import { CREDENTIAL_FORMATS } from '../../src/formats/sign.js'
import type { SignatureAlgorithm } from '../../src/ports/signer.js'
import { createKey } from '../keys.js'
import { forgeToken, signByHand, verifyByHand } from '../limit.js'
import type { Contender } from '../measure.js'
import { checkSignature } from '../ours.js'
import { PAYLOADS, type PayloadName, payload } from '../payloads.js'
import { peer } from '../peers.js'
import type { Plan } from '../plan.js'
import { LIMIT, US } from '../report.js'

const TYP = 'vc+jwt'

const prepare = async (algorithm: SignatureAlgorithm, name: PayloadName) => {
  const key = await createKey(algorithm)
  const document = payload(name, key.did, key.did)
  return { key, document, theirs: await (await peer('jose')).createPeer({ key }) }
}

const verifying = async (algorithm: SignatureAlgorithm, name: PayloadName): Promise<readonly Contender[]> => {
  const { key, document, theirs } = await prepare(algorithm, name)
  const token = String(await CREDENTIAL_FORMATS[TYP].sign(document, key.signer, { created: new Date() }))
  const [byHand, forged] = [signByHand(document, key), forgeToken(token)]
  const check = checkSignature(key)
  return [
    { name: LIMIT, run: () => verifyByHand(byHand, key), forged: () => verifyByHand(forgeToken(byHand), key) },
    { name: US, run: () => check(token), forged: () => check(forged) },
    { name: 'jose', run: () => theirs.verify(token, TYP), forged: () => theirs.verify(forged, TYP) },
  ]
}

const signing = async (algorithm: SignatureAlgorithm, name: PayloadName): Promise<readonly Contender[]> => {
  const { key, document, theirs } = await prepare(algorithm, name)
  const created = new Date()
  return [
    { name: LIMIT, run: () => signByHand(document, key).length > 0 },
    { name: US, run: async () => (await CREDENTIAL_FORMATS[TYP].sign(document, key.signer, { created })).length > 0 },
    { name: 'jose', run: async () => (await theirs.sign(document, TYP)).length > 0 },
  ]
}

/** Signing and verifying `vc+jwt`. */
export const TOKENS: readonly Plan[] = (['EdDSA', 'ES256'] as const).flatMap((algorithm): readonly Plan[] => [
  { work: `verify ${TYP} ${algorithm}`, payloads: PAYLOADS, prepare: (name) => verifying(algorithm, name) },
  { work: `sign ${TYP} ${algorithm}`, payloads: PAYLOADS, prepare: (name) => signing(algorithm, name) },
])
