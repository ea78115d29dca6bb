import { address, both, listOf, objectOf, oneOf, recordOf, type Shape, text, where, whole, yesNo } from './shape.js'

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/
const BASE64 = /^[A-Za-z0-9+/]{43}=$/
const OPERANDS = ['values', 'contains', 'startsWith']

type Members = Readonly<Record<string, unknown>>

const callback = objectOf({
  url: address,
  state: text,
  'headers?': objectOf({ 'api-key?': text, 'Authorization?': text }),
})

const registration = { clientName: text, 'logoUrl?': address, 'termsOfServiceUrl?': address }

const isPin = (value: unknown): boolean => {
  const { value: pin, length = 6, salt, alg, iterations } = value as Members
  if (salt === undefined && alg === undefined && iterations === undefined)
    return new RegExp(`^\\d{${String(length)}}$`).test(String(pin))
  return salt !== undefined && alg !== undefined && iterations !== undefined && BASE64.test(String(pin))
}

const pin = both(
  objectOf({
    value: text,
    'type?': oneOf('numeric'),
    'length?': whole(4, 16),
    'salt?': text,
    'alg?': oneOf('sha256'),
    'iterations?': oneOf(1),
  }),
  where(isPin),
)

/** The body of `createIssuanceRequest`. */
export const issuanceShape: Shape = objectOf({
  authority: text,
  'includeQRCode?': yesNo,
  callback,
  registration: objectOf(registration),
  type: text,
  manifest: address,
  'pin?': pin,
  'claims?': recordOf(where((value) => typeof value === 'string')),
  'expirationDate?': where((value) => typeof value === 'string' && DATE_TIME.test(value)),
})

const constraint = both(
  objectOf({ claimName: text, 'values?': listOf(text, 1), 'contains?': text, 'startsWith?': text }),
  where((value) => OPERANDS.filter((name) => (value as Members)[name] !== undefined).length === 1),
)

const faceCheck = objectOf({ sourcePhotoClaimName: text, 'matchConfidenceThreshold?': whole(50, 100) })

const requestedCredential = objectOf({
  type: text,
  'purpose?': text,
  'acceptedIssuers?': listOf(text),
  'configuration?': objectOf({
    validation: objectOf({ 'allowRevoked?': yesNo, 'validateLinkedDomain?': yesNo, 'faceCheck?': faceCheck }),
  }),
  'constraints?': listOf(constraint),
})

const presentation = objectOf({
  authority: text,
  'includeQRCode?': yesNo,
  'includeReceipt?': yesNo,
  registration: objectOf({ ...registration, 'purpose?': text }),
  callback,
  requestedCredentials: listOf(requestedCredential, 1),
})

const hasReceiptOfFace = (value: unknown): boolean =>
  (value as Members).includeReceipt === true && JSON.stringify(value).includes('"faceCheck"')

/** The body of `createPresentationRequest`. There is no receipt of a face. */
export const presentationShape: Shape = both(presentation, (value) =>
  presentation(value, '') === undefined && hasReceiptOfFace(value) ? 'includeReceipt' : undefined,
)

const mapping = objectOf({
  inputClaim: text,
  outputClaim: text,
  'required?': yesNo,
  'indexed?': yesNo,
  'type?': text,
})

const logo = objectOf({ uri: address, 'description?': text })
const COLOUR = where((value) => typeof value === 'string' && /^#[0-9A-Fa-f]{6}$/.test(value))

const card = objectOf({
  title: text,
  issuedBy: text,
  backgroundColor: COLOUR,
  textColor: COLOUR,
  description: text,
  'logo?': logo,
})

const SUBJECT = where((value) => typeof value === 'string' && value.startsWith('vc.credentialSubject.'))

const display = objectOf({
  locale: text,
  card,
  consent: objectOf({ title: text, instructions: text }),
  claims: listOf(objectOf({ claim: SUBJECT, label: text, type: oneOf('String', 'image/jpg;base64url') })),
})

const idTokenHint = objectOf({ mapping: listOf(mapping), 'required?': yesNo, 'trustedIssuers?': listOf(text) })

const isIndexedOnce = (value: unknown): boolean => (JSON.stringify(value).match(/"indexed":true/g) ?? []).length <= 1

/** The body of a new contract. */
export const contractShape: Shape = objectOf({
  name: text,
  rules: both(
    objectOf({
      attestations: objectOf({ idTokenHints: listOf(idTokenHint, 1) }),
      validityInterval: whole(1, Number.MAX_SAFE_INTEGER),
      vc: objectOf({ type: listOf(text, 1) }),
    }),
    where(isIndexedOnce),
  ),
  displays: listOf(display, 1),
  'allowOverrideValidityOnIssuance?': yesNo,
})
