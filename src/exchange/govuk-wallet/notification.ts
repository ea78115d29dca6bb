import type { EndpointAnswer, EndpointRequest } from '../oauth/refusal.js'
import { recordNotification } from '../openid4vci/notification.js'
import { checkAccess, refuseToken, seenBefore, takeToken } from './access.js'
import type { GovukWalletSettings } from './settings.js'

/**
 * The notification endpoint: with the token that the credential was asked for with, or a new one for the same offer.
 * Saying the same again is no change, and is answered alike.
 * @throws OAuthRefusal `invalid_token` (401), `invalid_notification_id`, `invalid_notification_request`
 * @see GOV.UK Wallet, "Handle notifications from GOV.UK Wallet"
 */
export const answerNotification = async (
  settings: GovukWalletSettings,
  request: EndpointRequest,
): Promise<EndpointAnswer> => {
  const access = await checkAccess(settings, request)
  const seen = seenBefore(access)
  if (seen === 'other') return refuseToken()
  if (seen === 'never') await takeToken(settings, access)
  return recordNotification(settings, access.offer, request)
}
