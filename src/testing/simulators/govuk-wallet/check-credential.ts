import { isJsonObject, type Json, type JsonObject } from '../../../core/json.js'
import { isSignedBy, type ReadToken, readToken } from '../../../exchange/oauth/signed-token.js'
import { ask, type OneLogin } from './one-login.js'
import { credentialHeaderShape, credentialShape, didShape } from './shapes.js'

/** What a wallet expects of a credential that it was given. */
export interface ExpectedCredential {
  readonly issuer: string
  readonly holder: string
  readonly type: string
  /** In days, as metadata says it. */
  readonly mostDays: number
}

const DAY = 86_400_000
const MOST_PHOTO = 1_048_576
const EXIF = Buffer.from('Exif\0\0')
const SIGNATURES = ['ffd8ffe0', 'ffd8ffee', 'ffd8ffdb', '89504e470d0a1a0a']

const fail = (why: string): never => {
  throw new Error(`GOV.UK Wallet does not take the credential: ${why}`)
}

const methodOf = async (oneLogin: OneLogin, issuer: string, kid: string): Promise<JsonObject> => {
  const { status, body } = await ask(oneLogin, `${issuer}/.well-known/did.json`)
  const fault = status === 200 ? didShape(body, '') : 'status'
  if (fault !== undefined) return fail(`its issuer’s DID document is wrong at ${fault}`)
  if (body.id !== `did:web:${new URL(issuer).host}`) return fail('the DID document is of another host')
  const method = (body.verificationMethod as readonly JsonObject[]).find(({ id }) => id === kid)
  if (!method || method.controller !== body.id || !(body.assertionMethod as readonly Json[]).includes(kid))
    return fail('its key is not in the DID document, or not for assertions')
  return method
}

const photosIn = (value: Json | undefined, name = ''): readonly string[] => {
  if (typeof value === 'string') return name === 'photo' ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([inner, one]) => photosIn(one, inner))
}

const checkPhoto = (text: string): void => {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text) fail('a photograph is not bare Base64')
  if (!SIGNATURES.some((signature) => bytes.toString('hex').startsWith(signature)))
    fail('a photograph is no JPEG or PNG')
  if (bytes.length > MOST_PHOTO) fail('a photograph is too large')
  if (bytes.includes(EXIF)) fail('a photograph still has its EXIF data')
}

const checkTimes = ({ validUntil, validFrom, expectedUpdate }: JsonObject, mostDays: number, now: number): void => {
  const [end, update] = [Date.parse(String(validUntil)), Date.parse(String(expectedUpdate))]
  if (!(end > now) || end > now + mostDays * DAY) fail('it is over, or lasts longer than agreed')
  if (!(update <= end)) fail('it expects its update after its end')
  if (validFrom !== undefined && Date.parse(String(validFrom)) > now) fail('it has not begun')
}

const checkShape = ({ header, claims }: ReadToken, expected: ExpectedCredential): void => {
  const fault = credentialHeaderShape(header, 'header') ?? credentialShape(expected)(claims, 'claims')
  if (fault !== undefined) fail(`it is not as it must be at ${fault}`)
}

/**
 * Whether a wallet takes a credential: its form, its key in the issuer's DID document, its signature, its times, its
 * photographs.
 * @throws Error in words
 */
export const checkCredential = async (
  oneLogin: OneLogin,
  credential: unknown,
  expected: ExpectedCredential,
): Promise<void> => {
  const token = readToken(credential, { typ: 'vc+jwt' }) ?? fail('it is no vc+jwt')
  checkShape(token, expected)
  const method = await methodOf(oneLogin, expected.issuer, token.jws.keyId ?? '')
  if (!isJsonObject(method.publicKeyJwk) || !(await isSignedBy(token, method.publicKeyJwk)))
    fail('its signature is wrong')
  checkTimes(token.claims, expected.mostDays, oneLogin.clock.now().getTime())
  for (const photo of photosIn(token.claims.credentialSubject)) checkPhoto(photo)
}
