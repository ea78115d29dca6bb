import type { CredentialTypeName } from '../../credentials/rows.js'
import type { IssuingFormat } from '../../formats/sign.js'
import type { IssuerIdentity } from '../../issuer/settings.js'
import type { PrivateKeyJwk } from '../../runtime/runtime.js'
import type { BatchMap } from '../csv/batch-map.js'

/** A private key that threads of this process may hold. */
export interface IssuingKey {
  readonly privateKeyJwk: PrivateKeyJwk
  /** The verification method, an absolute DID URL. */
  readonly keyId: string
  /** Certificates of the key as PEM, its own first. */
  readonly certificateChain?: string
}

/** What all batches of one issuing run have in common. */
export interface IssuingSetup {
  readonly type: CredentialTypeName
  readonly issuer: IssuerIdentity
  readonly format: IssuingFormat
  readonly statusUrl?: string
  readonly map?: BatchMap
  readonly key?: IssuingKey
}
