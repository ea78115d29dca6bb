import { isJsonObject } from '../core/json.js'
import type { PublicKeyJwk } from '../ports/signer.js'
import type { Anchor } from '../trust/open.js'
import { unreadable } from './exit.js'
import { readJsonFile } from './files.js'
import { shown, type Terminal } from './terminal.js'

const isPublicKeyJwk = (value: unknown): value is PublicKeyJwk =>
  isJsonObject(value) && typeof value.kty === 'string' && typeof value.crv === 'string' && typeof value.x === 'string'

/** A trust anchor: a DID as it stands, or a file that holds a public JWK or what keygen printed. */
export const readAnchor = async (didOrFile: string, terminal: Terminal): Promise<Anchor> => {
  if (didOrFile.startsWith('did:')) return didOrFile
  const json = await readJsonFile(didOrFile, terminal)
  const jwk = json.publicKeyJwk ?? json
  if (!isPublicKeyJwk(jwk)) throw unreadable(`${shown(didOrFile)} holds no public key`)
  return jwk
}
