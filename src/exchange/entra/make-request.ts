import { asJsonObject, type JsonObject } from '../../core/json.js'
import { newSecret } from '../book/handles.js'
import type { Invitation } from '../wallet-exchange.js'
import { beginEntra, callbackTo, invite, registrationOf } from './invite.js'
import { type EntraPresentationRequest, type Question, questionsOf } from './questions.js'
import type { EntraRecord } from './record.js'
import type { EntraSettings } from './settings.js'

const TEN_MINUTES = 600
const MOST_PURPOSE = 300

const checkRequest = ({ purpose, device, returnUrl }: EntraPresentationRequest): void => {
  if (device !== 'cross' || returnUrl !== undefined)
    throw new TypeError("device must be 'cross': Entra leads no browser back to a page")
  if (typeof purpose !== 'string' || purpose === '' || purpose.length > MOST_PURPOSE)
    throw new TypeError(`purpose must be a text of at most ${MOST_PURPOSE} characters`)
}

const requestedCredential = (question: Question, purpose: string): JsonObject => {
  const { type, issuers, constraints, faceCheck, validateLinkedDomain } = question
  const validation = {
    allowRevoked: false,
    validateLinkedDomain,
    ...(faceCheck === undefined ? {} : { faceCheck: { ...faceCheck } }),
  }
  return {
    type,
    purpose,
    acceptedIssuers: issuers,
    configuration: { validation },
    ...(constraints.length === 0 ? {} : { constraints: constraints.map((constraint) => asJsonObject(constraint)) }),
  }
}

const presentationRequest = (settings: EntraSettings, purpose: string, exchange: EntraRecord): JsonObject => ({
  authority: settings.authority,
  includeQRCode: false,
  includeReceipt: false,
  registration: { ...registrationOf(settings), purpose },
  callback: callbackTo(settings, exchange),
  requestedCredentials: (exchange.detail.questions ?? []).map((question) => requestedCredential(question, purpose)),
})

/**
 * Has Entra ask for a presentation, or finds the request that was made under this name.
 * @throws TypeError; PassportError as for every call to Entra
 */
export const makeRequest = async (settings: EntraSettings, lent: EntraPresentationRequest): Promise<Invitation> => {
  const request = structuredClone(lent)
  checkRequest(request)
  const { validForSeconds = TEN_MINUTES, idempotencyKey, purpose } = request
  const exchange = await beginEntra(settings, {
    kind: 'request',
    validForSeconds,
    idempotencyKey,
    detail: { questions: questionsOf(settings, request.credentials), browserSecret: newSecret() },
  })
  return invite(settings, exchange, {
    path: 'createPresentationRequest',
    body: (begun) => presentationRequest(settings, purpose, begun),
  })
}
