import { PassportError } from '../core/errors.js'
import type { JsonObject } from '../core/json.js'
import { importPublicKey } from '../crypto/keys.js'
import { signCompactJws } from '../crypto/sign-compact-jws.js'
import type { PublicKeyJwk, Signer } from '../ports/signer.js'
import { openTrustList } from './open.js'
import { parseTrustList, TRUST_LIST_TYPE, type TrustList, trustListJson } from './trust-list.js'

const malformed = (paths: readonly string[]): TypeError =>
  new TypeError(`The trust list is malformed at ${paths.map((path) => path || '/').join(', ')}`)

const isSound = (jwk: PublicKeyJwk): Promise<boolean> =>
  importPublicKey(jwk).then(
    () => true,
    (error: unknown) => {
      if (error instanceof PassportError && error.code === 'key.rejected') return false
      throw error
    },
  )

const checkShape = (json: JsonObject): TrustList => {
  const parsed = parseTrustList(json)
  if (!parsed.ok) throw malformed(parsed.faults.map(({ path }) => path))
  return parsed.list
}

const checkKeys = async ({ organisations }: TrustList): Promise<void> => {
  const unsound: string[] = []
  for (const [index, { keys = [] }] of organisations.entries()) {
    for (const [at, { publicKeyJwk }] of keys.entries())
      if (!(await isSound(publicKeyJwk))) unsound.push(`/organisations/${index}/keys/${at}/publicKeyJwk`)
  }
  if (unsound.length > 0) throw malformed(unsound)
}

/**
 * Signs a trust list with its keeper's key, as a compact JWS. Raise `version` each time you publish a change: verifiers
 * refuse to go back. Nothing is signed that its readers would refuse to open.
 * @throws TypeError naming every path at which the list is malformed, holds an unsound key, or contradicts itself; or
 * when it is larger than its readers accept
 * @throws PassportError `key.signingFailed`
 */
export const signTrustList = async (list: TrustList, signer: Signer): Promise<string> => {
  const json = trustListJson(list)
  await checkKeys(checkShape(json))
  const signed = await signCompactJws({ header: { typ: TRUST_LIST_TYPE }, payload: JSON.stringify(json), signer })
  const opened = await openTrustList(signed, signer.publicKeyJwk)
  if (opened.ok) return signed
  if (opened.code === 'issuerTrust.listMalformed') throw new TypeError('The trust list is too large')
  throw new PassportError('key.signingFailed', "The signature is not that of the signer's key")
}
