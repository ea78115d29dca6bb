import type { JsonObject } from '../../src/core/json.js'
import { CREDENTIAL_FORMATS, type CredentialFormatRow } from '../../src/formats/sign.js'
import { createKey } from '../keys.js'
import type { Contender } from '../measure.js'
import { checkSignature, forgeDocument } from '../ours.js'
import { type PayloadName, payload } from '../payloads.js'
import { CONTEXTS, peer } from '../peers.js'
import type { Plan } from '../plan.js'
import { US } from '../report.js'

const SUITE = 'ecdsa-sd-2023'
const PEER = '@digitalbazaar/vc'

const rows: Readonly<Record<string, CredentialFormatRow>> = CREDENTIAL_FORMATS

const prepare = async (name: PayloadName) => {
  const key = await createKey('ES256')
  const theirs = await (await peer('digitalbazaar')).createPeer({ key, contexts: CONTEXTS })
  return { key, theirs, document: payload(name, key.did, key.did) }
}

const verifying = async (name: PayloadName): Promise<readonly Contender[]> => {
  const { key, theirs, document } = await prepare(name)
  const derived = await theirs.derive(await theirs.sign(SUITE, document))
  const [text, forged] = [JSON.stringify(derived), forgeDocument(derived)]
  const check = checkSignature(key)
  return [
    { name: US, run: () => check(text), forged: () => check(forged) },
    { name: PEER, run: () => theirs.verify(SUITE, text), forged: () => theirs.verify(SUITE, forged) },
  ]
}

const signing = async (name: PayloadName): Promise<readonly Contender[]> => {
  const { key, theirs, document } = await prepare(name)
  const created = new Date()
  const isSigned = (signed: JsonObject | string | undefined) => typeof signed === 'object' && signed.proof !== undefined
  return [
    { name: US, run: async () => isSigned(await rows[SUITE]?.sign(document, key.signer, { created })) },
    { name: PEER, run: async () => isSigned(await theirs.sign(SUITE, document)) },
  ]
}

/** The suite whose holder may withhold claims: a derived document verified, a base document signed. */
export const SELECTIVE: readonly Plan[] = Object.hasOwn(rows, SUITE)
  ? [
      { work: `verify ${SUITE}, derived`, payloads: ['S', 'M', 'O'], prepare: verifying },
      { work: `sign ${SUITE}`, payloads: ['S', 'M', 'O'], prepare: signing },
    ]
  : []
