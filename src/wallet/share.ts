import { CompactEncrypt, importJWK } from 'jose'
import { encodeUtf8 } from '../codec/utf8.js'
import { PassportError } from '../core/errors.js'
import { isJsonObject, type Json, type JsonObject } from '../core/json.js'
import { deriveSelective, isDerivable } from '../formats/data-integrity/selective/derive.js'
import { discloseSdJwt } from '../formats/sd-jwt/disclose.js'
import type { Signer } from '../ports/signer.js'
import type { Candidate } from './choose.js'
import { createPresentation, type PresentationOptions } from './present.js'
import type { ReadRequest } from './read-request.js'
import { signerOf, type WalletSettings } from './settings.js'
import { form, jsonOf, requireSuccess, sendOnce } from './talk.js'

const FORMATS: Readonly<Record<string, NonNullable<PresentationOptions['format']>>> = {
  jwt_vc_json: 'jwt_vp_json',
  ldp_vc: 'data-integrity',
  'vc+jwt': 'vp+jwt',
}

const reduced = (
  credential: JsonObject | string,
  shown: readonly string[],
): Promise<JsonObject> | JsonObject | string =>
  isJsonObject(credential) && isDerivable(credential)
    ? deriveSelective(credential, { selectivePointers: shown })
    : credential

const present = async (
  { clock }: WalletSettings,
  { nonce, clientId }: ReadRequest,
  { credential: held, shown }: Candidate,
  signer: Signer,
): Promise<JsonObject | string> => {
  const { format, credential, holder } = held
  const wrapped = FORMATS[format]
  if (wrapped !== undefined)
    return createPresentation({
      holder,
      signer,
      credentials: [await reduced(credential, shown)],
      challenge: nonce,
      audience: clientId,
      format: wrapped,
      clock,
    })
  const keyBinding = { signer, nonce, audience: clientId, created: clock.now() }
  return discloseSdJwt(String(credential), { disclose: shown, keyBinding })
}

const presentAll = async (
  settings: WalletSettings,
  request: ReadRequest,
  chosen: readonly Candidate[],
): Promise<JsonObject> => {
  const token: Record<string, Json[]> = {}
  for (const candidate of chosen) {
    const key = settings.safe.contents().keys.find(({ did }) => did === candidate.credential.holder)
    if (!key) throw new PassportError('exchange.unsatisfiable', 'The key of a credential is not in this wallet')
    const presentation = await present(settings, request, candidate, await signerOf(key))
    token[candidate.question] = [...(token[candidate.question] ?? []), presentation]
  }
  return token
}

const sealed = async (payload: JsonObject, { jwk, content }: NonNullable<ReadRequest['encryption']>) => {
  const key = await importJWK({ ...jwk, alg: 'ECDH-ES' } as Parameters<typeof importJWK>[0])
  const kid = typeof jwk.kid === 'string' ? { kid: jwk.kid } : {}
  return new CompactEncrypt(encodeUtf8(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: content, ...kid })
    .encrypt(key)
}

const stateOf = ({ state }: ReadRequest): { readonly state?: string } => (state === undefined ? {} : { state })

const answerForm = async (request: ReadRequest, token: JsonObject): Promise<Readonly<Record<string, string>>> =>
  request.encryption
    ? { response: await sealed({ vp_token: token, ...stateOf(request) }, request.encryption) }
    : { vp_token: JSON.stringify(token), ...stateOf(request) }

/** What the verifier said to an answer. */
export interface Shared {
  /** Where to lead the holder's browser, where the verifier asks for it. */
  readonly redirectUri?: string
}

// An answer is good for once: it is never sent a second time by itself.
const post = async (
  { send }: WalletSettings,
  { responseUri }: ReadRequest,
  fields: Readonly<Record<string, string>>,
): Promise<Shared> => {
  const response = await sendOnce(send, responseUri, form(fields))
  requireSuccess(response, 'the answer')
  const redirectUri = jsonOf(response)?.redirect_uri
  return typeof redirectUri === 'string' ? { redirectUri } : {}
}

/** Shows what was chosen, and proves to hold its keys. @throws PassportError `exchange.refused`, `fetch.*` */
export const share = async (
  settings: WalletSettings,
  request: ReadRequest,
  chosen: readonly Candidate[],
): Promise<Shared> => post(settings, request, await answerForm(request, await presentAll(settings, request, chosen)))

/** Tells the verifier that the holder does not answer. */
export const decline = (settings: WalletSettings, request: ReadRequest): Promise<Shared> =>
  post(settings, request, { error: 'access_denied', ...stateOf(request) })
