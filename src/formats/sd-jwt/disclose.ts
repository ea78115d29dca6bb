import { signCompactJws } from '../../crypto/sign-compact-jws.js'
import type { Signer } from '../../ports/signer.js'
import { type OpenedSdJwt, openSdJwt } from './open.js'

/** Whom an SD-JWT is presented to, and with which key. */
export interface KeyBindingRequest {
  /** The holder's key, to which the credential is bound. */
  readonly signer: Signer
  /** The verifier's challenge. */
  readonly nonce: string
  /** The verifier's own identifier, exactly as it states it. */
  readonly audience: string
  readonly created: Date
}

/** What to show of an SD-JWT. */
export interface DisclosureChoice {
  /** JSON pointers, into the document of VCDM 2.0, to what is shown; all that contains it and is in it goes along. */
  readonly disclose: readonly string[]
  readonly keyBinding?: KeyBindingRequest
}

const SUBJECT = '/credentialSubject'
// A holder hands on what the issuer sent along; whether it is wanted, the verifier says.
const CHAIN = { certificateChain: true }
const SECOND = 1000

const isOwnWords = ({ jws }: OpenedSdJwt): boolean => String(jws.header.typ).endsWith('dc+sd-jwt')

const inPayload = (pointer: string, opened: OpenedSdJwt): string =>
  isOwnWords(opened) && pointer.startsWith(`${SUBJECT}/`) ? pointer.slice(SUBJECT.length) : pointer

const touches = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)

const bind = (sdHash: string, request: KeyBindingRequest): Promise<string> => {
  const { signer, nonce, audience, created } = request
  const claims = { iat: Math.floor(created.getTime() / SECOND), aud: audience, nonce, sd_hash: sdHash }
  return signCompactJws({ header: { typ: 'kb+jwt' }, payload: JSON.stringify(claims), signer })
}

/**
 * Shows some claims of an SD-JWT and withholds the others, and, where asked to, proves to hold its key.
 * @returns the SD-JWT with the disclosures chosen, and the key binding token at its end
 * @throws TypeError for a text that is no SD-JWT, or a pointer to nothing that it discloses
 * @see RFC 9901, section 7.2
 */
export const discloseSdJwt = async (text: string, choice: DisclosureChoice): Promise<string> => {
  const opened = openSdJwt(text, CHAIN)
  if (!opened.ok) throw new TypeError('This is not an SD-JWT that we read')
  const wanted = choice.disclose.map((pointer) => inPayload(pointer, opened))
  const entries = [...opened.pointers]
  if (wanted.some((pointer) => !entries.some(([, place]) => touches(place, pointer))))
    throw new TypeError('disclose must hold JSON pointers to claims that the credential lets its holder disclose')
  const shown = entries.filter(([, place]) => wanted.some((pointer) => touches(place, pointer)))
  const [token = ''] = text.split('~', 1)
  const kept = [token, ...shown.map(([disclosure]) => disclosure.text), ''].join('~')
  if (!choice.keyBinding) return kept
  const again = openSdJwt(kept, CHAIN)
  if (!again.ok) throw new TypeError('This is not an SD-JWT that we read')
  return kept + (await bind(again.sdHash, choice.keyBinding))
}
