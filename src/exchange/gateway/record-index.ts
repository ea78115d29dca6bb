import { encodeBase64url } from '#runtime'
import { encodeUtf8 } from '../../codec/utf8.js'
import { GATEWAY_LIMITS } from '../../core/limits.js'
import { hmacSha256 } from '../../crypto/hmac.js'
import { type Issuance, SECRETS } from './flow.js'
import type { GatewaySettings, SourceReference } from './settings.js'

// A secret leads to one exchange, so a record has a numbered few. More than may be begun with, as some may be at once.
const PLACES = 2 * GATEWAY_LIMITS.credentialsOfRecord

// Keyed: identifiers of records can be guessed, and whoever reads the store is to learn nothing by guessing.
const placeOf = ({ sourceKey }: GatewaySettings, { type, id }: SourceReference, place: number): string =>
  encodeBase64url(hmacSha256(sourceKey, encodeUtf8(`record ${type} ${place} ${id}`)))

const places = (settings: GatewaySettings, record: SourceReference): readonly string[] =>
  Array.from({ length: PLACES }, (_, place) => placeOf(settings, record, place))

/** The credentials that were issued from a record and not revoked. */
export const issuedFrom = async (settings: GatewaySettings, record: SourceReference): Promise<readonly Issuance[]> => {
  const found = await Promise.all(
    places(settings, record).map((place) => settings.book.bySecret(SECRETS.record, place)),
  )
  return found.filter((exchange) => exchange !== undefined) as unknown as readonly Issuance[]
}

/** A secret by which a credential will be found again from its record; `undefined` when none is left. */
export const freePlace = async (settings: GatewaySettings, record: SourceReference): Promise<string | undefined> => {
  for (const place of places(settings, record)) if (!(await settings.book.bySecret(SECRETS.record, place))) return place
  return undefined
}
