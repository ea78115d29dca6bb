import { signCompactJws } from '../crypto/sign-compact-jws.js'
import type { Signer } from '../ports/signer.js'
import { parseTrustList, TRUST_LIST_TYPE, type TrustList, trustListJson } from './trust-list.js'

/**
 * Signs a trust list with its keeper's key, as a compact JWS. Raise `version` each time.
 * @throws TypeError naming every path at which the list is malformed
 * @throws PassportError `key.signingFailed`
 */
export const signTrustList = async (list: TrustList, signer: Signer): Promise<string> => {
  const json = trustListJson(list)
  const parsed = parseTrustList(json)
  if (!parsed.ok)
    throw new TypeError(`The trust list is malformed at ${parsed.faults.map(({ path }) => path || '/').join(', ')}`)
  return signCompactJws({ header: { typ: TRUST_LIST_TYPE }, payload: JSON.stringify(json), signer })
}
