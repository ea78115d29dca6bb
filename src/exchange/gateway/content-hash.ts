import { digestText, encodeBase64url } from '#runtime'
import { canonicalizeJson } from '../../codec/jcs.js'
import type { GatewayTemplate, WireClaims } from './claim-names.js'

/**
 * A digest of what a wallet shows of a credential. When the source was last looked at is not part of it: a record that
 * was read again and says the same is the same.
 */
export const contentHash = ({ template, prefix }: GatewayTemplate, content: WireClaims): string => {
  const { [`${prefix}-LastRefresh`]: _lastRefresh, ...shown } = content
  return encodeBase64url(digestText('SHA-256', canonicalizeJson({ template, shown })))
}
