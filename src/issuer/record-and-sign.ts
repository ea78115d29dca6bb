import { sha256 } from '#runtime'
import { formatDateTime } from '../codec/date-time.js'
import { toHex } from '../codec/hex.js'
import { canonicalizeJson } from '../codec/jcs.js'
import { encodeUtf8 } from '../codec/utf8.js'
import { ClaimsError, PassportError } from '../core/errors.js'
import { newCredentialId } from '../core/ids.js'
import type { JsonObject } from '../core/json.js'
import { buildCredential } from '../credentials/build.js'
import type { CredentialTypeRow } from '../credentials/define.js'
import { validateCredential } from '../credentials/validate.js'
import { type CredentialSigning, credentialFormat, type IssuingFormat } from '../formats/sign.js'
import type { ListPurpose, StatusIndex } from '../ports/status-list-store.js'
import { listUrl, toStatusEntry } from '../status/entry.js'
import { isOwnOutput } from './check-own-output.js'
import type { IssuedCredential, IssueOptions } from './issuer.js'
import type { Prepared } from './prepare.js'
import { chooseFormat, type IssuerSettings } from './settings.js'

const digestOf = (credential: JsonObject | string): string =>
  toHex(sha256(encodeUtf8(typeof credential === 'string' ? credential : canonicalizeJson(credential))))

// One place for each purpose; a format with a status claim has one place for everything.
const purposesFor = ({ statusPurposes }: CredentialTypeRow, format: IssuingFormat): readonly ListPurpose[] =>
  statusPurposes.length > 0 && credentialFormat(format).statusBy === 'statusClaim' ? ['status'] : statusPurposes

const reserveAll = async (
  settings: IssuerSettings,
  prepared: Prepared,
  format: IssuingFormat,
): Promise<readonly StatusIndex[]> => {
  const { status } = settings
  if (!status) return []
  const purposes = purposesFor(prepared.row, format)
  const reserved = await Promise.all(purposes.map((purpose) => status.statusLists.reserve(purpose)))
  return reserved.flat()
}

const statusEntries = (settings: IssuerSettings, indices: readonly StatusIndex[]): readonly JsonObject[] => {
  const { status } = settings
  const inDocument = indices.filter(({ purpose }) => purpose !== 'status')
  return status ? inDocument.map((index) => toStatusEntry(index, status.statusUrl)) : []
}

const statusClaim = (settings: IssuerSettings, indices: readonly StatusIndex[]): { readonly status?: JsonObject } => {
  const { status } = settings
  const place = indices.find(({ purpose }) => purpose === 'status')
  return status && place
    ? { status: { status_list: { idx: place.index, uri: listUrl(status.statusUrl, place.list) } } }
    : {}
}

/** JSON pointers to the claims of a document that its holder may withhold. */
const disclosableIn = ({ claimsKey, disclosable }: CredentialTypeRow, claims: JsonObject): readonly string[] =>
  disclosable.filter((name) => Object.hasOwn(claims, name)).map((name) => `/credentialSubject/${claimsKey}/${name}`)

const compose = (
  settings: IssuerSettings,
  prepared: Prepared,
  id: string,
  indices: readonly StatusIndex[],
): JsonObject =>
  buildCredential(prepared.type, {
    id,
    issuer: { id: settings.id, ...(settings.name === undefined ? {} : { name: settings.name }) },
    subject: prepared.subject,
    uniqueIdentifier: prepared.uniqueIdentifier,
    assurance: prepared.assurance,
    claims: prepared.claims,
    ...(prepared.evidence.length === 0 ? {} : { evidence: prepared.evidence }),
    validFrom: prepared.validFrom,
    ...(prepared.validUntil === undefined ? {} : { validUntil: prepared.validUntil }),
    credentialStatus: statusEntries(settings, indices),
  })

// The catalogue's own gate: what we sign is valid against the schema that it names.
const refuseUnlessValid = (prepared: Prepared, document: JsonObject): void => {
  const faults = validateCredential(prepared.type, document)
  if (faults.length === 0) return
  const mend = 'Correct it; see `staff-passport schema` for the shape.'
  throw new ClaimsError(
    faults.map(({ path, code }) => ({ path, code, sentence: 'The credential would be invalid here.', mend })),
  )
}

const refuseIfTaken = async (settings: IssuerSettings, idempotencyKey: string | undefined): Promise<void> => {
  if (idempotencyKey === undefined) return
  for await (const entry of settings.register.find({ idempotencyKey })) {
    if (entry.state === 'issued')
      throw new PassportError('store.alreadyIssued', `${entry.credentialId} was issued under this idempotency key`)
  }
}

const signAndCheck = async (
  { signer }: IssuerSettings,
  format: IssuingFormat,
  document: JsonObject,
  signing: CredentialSigning,
): Promise<JsonObject | string> => {
  const credential = await credentialFormat(format).sign(document, signer, signing)
  if (await isOwnOutput(credential, { document, signer, signing })) return credential
  throw new PassportError('key.signingFailed', 'The signature made does not verify under the signer’s own public key')
}

const asSigningError = (error: unknown): PassportError =>
  error instanceof PassportError
    ? error
    : new PassportError('key.signingFailed', 'The signer failed', { retryable: true, cause: error })

/**
 * The crash-safe order: reserve, record the intent, sign, check, record as issued, return.
 * A crash between any two steps leaves at most an intent that `resume` abandons.
 */
export const recordAndSign = async (
  settings: IssuerSettings,
  prepared: Prepared,
  options: IssueOptions,
): Promise<IssuedCredential> => {
  if (prepared.faults.length > 0) throw new ClaimsError(prepared.faults)
  const format = options.format === undefined ? settings.format : chooseFormat(settings.signer, options.format)
  await refuseIfTaken(settings, options.idempotencyKey)
  const id = newCredentialId()
  const statusIndices = await reserveAll(settings, prepared, format)
  const document = compose(settings, prepared, id, statusIndices)
  refuseUnlessValid(prepared, document)
  await settings.register.intend({
    credentialId: id,
    issuer: settings.id,
    type: prepared.type,
    unsignedDigest: digestOf(document),
    statusIndices,
    ...(options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey }),
    intendedAt: formatDateTime(prepared.now),
  })
  const signing: CredentialSigning = {
    created: new Date(prepared.now),
    disclosable: disclosableIn(prepared.row, prepared.claims),
    ...statusClaim(settings, statusIndices),
  }
  const credential = await signOrAbandon(settings, { id, format, document, signing })
  await settings.register.settle(id, {
    state: 'issued',
    issuedDigest: digestOf(credential),
    at: formatDateTime(settings.clock.now().getTime()),
  })
  return { id, type: prepared.type, format, credential, document, warnings: prepared.warnings }
}

const signOrAbandon = async (
  settings: IssuerSettings,
  intent: {
    readonly id: string
    readonly format: IssuingFormat
    readonly document: JsonObject
    readonly signing: CredentialSigning
  },
): Promise<JsonObject | string> => {
  try {
    return await signAndCheck(settings, intent.format, intent.document, intent.signing)
  } catch (error) {
    await settings.register.settle(intent.id, {
      state: 'abandoned',
      at: formatDateTime(intent.signing.created.getTime()),
    })
    throw asSigningError(error)
  }
}
