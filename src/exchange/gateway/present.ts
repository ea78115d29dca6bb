import { isCredentialTypeName } from '../../credentials/rows.js'
import type { PresentationRequest, RequestedCredential } from '../wallet-exchange.js'
import { type BrowserInvitation, beginShowing } from './begin-verification.js'
import type { GatewaySettings } from './settings.js'

const checkWanted = ({ type, issuers, formats, optional, several }: RequestedCredential): void => {
  if (!isCredentialTypeName(type)) throw new TypeError('It must name a type')
  if (issuers || formats || optional || several)
    throw new TypeError('The gateway shows one credential, whoever issued it: no issuers, formats, optional or several')
}

/** Begins to ask for a credential to be shown. @throws TypeError for what the gateway cannot do */
export const beginPresentation = async (
  settings: GatewaySettings,
  { credentials, device, returnUrl, idempotencyKey, validForSeconds }: PresentationRequest,
): Promise<BrowserInvitation> => {
  const [wanted, ...more] = credentials
  if (!wanted || more.length > 0) throw new TypeError('The gateway asks for one credential at a time')
  if (device !== 'same' || returnUrl === undefined)
    throw new TypeError("The gateway leads the browser itself: device must be 'same', with a returnUrl")
  checkWanted(wanted)
  return beginShowing(settings, {
    type: wanted.type,
    returnTo: returnUrl,
    ...(wanted.claims?.length ? { wanted: wanted.claims } : {}),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(validForSeconds === undefined ? {} : { validForSeconds }),
  })
}
