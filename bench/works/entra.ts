import { CREDENTIAL_FORMATS, type CredentialFormatRow } from '../../src/formats/sign.js'
import { createKey } from '../keys.js'
import { forgeToken, signByHand, verifyByHand } from '../limit.js'
import type { Contender } from '../measure.js'
import { checkSignature } from '../ours.js'
import { type PayloadName, payload } from '../payloads.js'
import { peer } from '../peers.js'
import type { Plan } from '../plan.js'
import { LIMIT, US } from '../report.js'

const FORMAT = 'jwt_vc_json'

const rows: Readonly<Record<string, CredentialFormatRow>> = CREDENTIAL_FORMATS

const prepare = async (name: PayloadName): Promise<readonly Contender[]> => {
  const key = await createKey('ES256')
  const document = payload(name, key.did, key.did)
  const token = String(await rows[FORMAT]?.sign(document, key.signer, { created: new Date() }))
  const [byHand, forged] = [signByHand(document, key), forgeToken(token)]
  const theirs = (await peer('did-jwt-vc')).createPeer({ key })
  const check = checkSignature(key)
  return [
    { name: LIMIT, run: () => verifyByHand(byHand, key), forged: () => verifyByHand(forgeToken(byHand), key) },
    { name: US, run: () => check(token), forged: () => check(forged) },
    { name: 'did-jwt-vc', run: () => theirs.verify(token), forged: () => theirs.verify(forged) },
  ]
}

/** VCDM 1.1 tokens, as Microsoft Entra Verified ID writes them. */
export const ENTRA: readonly Plan[] = Object.hasOwn(rows, FORMAT)
  ? [{ work: `verify ${FORMAT} ES256`, payloads: ['S', 'M', 'O'], prepare }]
  : []
