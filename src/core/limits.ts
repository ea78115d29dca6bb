// Every bound on size, depth, count and time is in this file; whoever verifies carries the first part alone.

/** The bounds of what is read and verified. Sizes are bytes, times milliseconds, unless the name says otherwise. */
export const LIMITS = {
  /** One credential or presentation at the front door. A passport of 100 credentials with a photograph fits. */
  inputBytes: 4_000_000,
  /** Nesting of objects and arrays in any JSON we read. */
  jsonDepth: 64,
  /** Values in any JSON we read. */
  jsonValues: 200_000,
  /** A JOSE header, decoded. */
  joseHeaderBytes: 8_192,
  /** Credentials in one presentation. */
  presentationCredentials: 200,
  /** Disclosures of one SD-JWT. */
  disclosures: 500,
  /** Certificates in a token's chain. */
  certificates: 8,
  /** Proofs on one document. */
  proofs: 16,
  /** Deep comparisons of blank nodes that canonicalisation may always make; one for each blank node when they are more. */
  canonicalizeComparisons: 512,
  /** Values in a credential: what linked data and schemas cost grows faster than the document, and none of ours comes near. */
  credentialValues: 2_000,
  /** Values in a presentation, with all the credentials in it: two hundred of them fit. */
  presentationValues: 15_000,
  /** A photograph or a scan, decoded. */
  imageBytes: 500_000,
  /** A status list, compressed, as fetched. */
  statusListBytes: 4_000_000,
  /** A status list, inflated: 2^26 bits. */
  statusListInflatedBytes: 8_388_608,
  /** The least number of entries in a status list (Bitstring Status List 1.0, section 6.1). */
  statusListMinimumEntries: 131_072,
  /** Status entries of one credential: a list each, which may have to be fetched. */
  statusEntries: 10,
  /** How long a status list is kept at least, whatever its sender says. */
  statusListKept: 5_000,
  /** A trust list. */
  trustListBytes: 16_000_000,
  /** A DID document. */
  didDocumentBytes: 262_144,
  /** How long a DID document is kept at least, whatever its sender says: one verification of many asks once. */
  didDocumentKept: 60_000,
  /** How long it is remembered that a DID document could not be had. */
  didFailureKept: 5_000,
  /** A DID, in characters. */
  didCharacters: 4_096,
  /** One outbound request, from first byte sent to last byte read. */
  fetchTimeout: 10_000,
  /** Redirects followed, all on the same host. */
  fetchRedirects: 3,
  /** Longest time an answer stays cached, whatever its sender says. */
  fetchCacheMaximum: 86_400_000,
  /** Entries in any cache of ours. */
  cacheEntries: 1_000,
  /** Allowed difference between two clocks. */
  clockSkew: 60_000,
  /** The oldest that a proof of a holder's key may be, where it does not say itself how long it holds. */
  keyBindingAge: 600_000,
  /** The longest pause that another party may ask for before a request is sent again, and still be sent it. */
  retryAfterLongest: 60_000,
  /** Any message of ours, in characters. */
  messageCharacters: 500,
} as const

/** The bounds of exchanges with wallets. Times are milliseconds, sizes bytes, unless the name says otherwise. */
export const EXCHANGE_LIMITS = {
  /** How long an offer or a request may stay open, in seconds: a year. */
  validForSeconds: 31_536_000,
  /** The oldest that a DPoP proof may be. */
  dpopAge: 60_000,
  /** The oldest that the proof of a holder's key may be when a credential is asked for. */
  keyProofAge: 300_000,
  /** The oldest that a wallet provider's word for a key, or for a wallet, may be: thirty days. */
  attestationAge: 2_592_000_000,
  /** How long a nonce for such a proof may be used. */
  keyProofNonce: 300_000,
  /** An access token that whoever holds it may use. One bound to a key lasts as long as its exchange. */
  bearerTokenLife: 300_000,
  /** How long a wallet whose token got lost on the way may take it again with the same key. */
  lostToken: 60_000,
  /** How long a credential that was handed out can be asked for again, where no wallet will say that it has it. */
  lostCredential: 60_000,
  /** How long a wallet has to take what was offered, once it began. */
  takingTime: 600_000,
  /** How long an authorization request, and a code for it, may be used. */
  authorizationLife: 300_000,
  /** Wrong transaction codes before an offer ends. */
  transactionCodeAttempts: 5,
  /** How long an issuance that nobody heard of again is waited for. */
  issuingLease: 10_000,
  /** Credentials in one offer. */
  offeredCredentials: 200,
  /** A request of a wallet to an endpoint. */
  walletRequestBytes: 1_000_000,
  /** How often a call to another organisation's service is made in all, where repeating it does no harm. */
  serviceAttempts: 4,
  /** The pause before such a call is repeated; each is twice the one before. */
  servicePause: 500,
  /** The longest such pause, whatever the service asks for. */
  serviceLongestPause: 20_000,
  /** An answer of such a service. */
  serviceAnswerBytes: 1_000_000,
  /** How long before its end an access token is no longer used. */
  serviceTokenMargin: 60_000,
  /** How long the keys of another organisation's token service are kept at least, whatever it says. */
  tokenKeysKept: 300_000,
  /** How soon they are asked for again because a token names a key that is not among them. */
  tokenKeysPause: 30_000,
} as const

/** The bounds of exchanges over the credential gateway. Times are milliseconds, sizes bytes. */
export const GATEWAY_LIMITS = {
  /** How long a holder has to show who they are. */
  verificationLife: 300_000,
  /** How long credentials may be issued to somebody who did. */
  sessionLife: 600_000,
  /** How long a holder has to take a credential. */
  issuanceLife: 600_000,
  /** How long one attempt to bring a callback to its end is waited for. */
  callbackLease: 30_000,
  /** How long what a callback brought is tried again before it is given up. */
  callbackPatience: 86_400_000,
  /** The claims of a credential to issue, where they do not end with the credential. */
  hintLife: 300_000,
  /** How old a token of the gateway may be when it is received. */
  tokenAge: 300_000,
  /** How long the gateway's keys are kept. */
  keysKept: 3_600_000,
  /** How long a key that was not among them is not asked for again. */
  keysAskedAgain: 10_000,
  /** Any answer of the gateway; a photograph fits. */
  answerBytes: 1_000_000,
  /** How often a call is tried. */
  attempts: 3,
  /** The longest that is waited between two attempts, whatever the gateway says. */
  longestWait: 5_000,
  /** Credentials issued from one record of a source system and not revoked. */
  credentialsOfRecord: 16,
} as const

/** The bounds of files that are imported. */
export const IMPORT_LIMITS = {
  /** One cell of an imported file. A photograph in base64 fits. */
  csvCellCharacters: 1_000_000,
  /** One row of an imported file. */
  csvRecordBytes: 16_000_000,
  /** One line of an ESR file: fifty-eight cells of a thousand characters fit. */
  esrLineBytes: 65_536,
} as const
