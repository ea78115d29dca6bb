import { digestText, encodeBase64url, randomBytes } from '#runtime'

const SECRET_BYTES = 32

/** A secret that nobody guesses: 256 random bits, base64url. */
export const newSecret = (): string => encodeBase64url(randomBytes(SECRET_BYTES))

/** The digest of a secret by which a store finds its exchange: whoever reads the store learns no secret. */
export const handleOf = (kind: string, secret: string): string =>
  `${kind}.${encodeBase64url(digestText('SHA-256', secret))}`

/** Whether a handle is of this kind. */
export const isHandleOf = (kind: string, handle: string): boolean => handle.startsWith(`${kind}.`)
