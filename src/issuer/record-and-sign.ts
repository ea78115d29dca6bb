import { sha256 } from '#runtime'
import { formatDateTime } from '../codec/date-time.js'
import { toHex } from '../codec/hex.js'
import { canonicalizeJson } from '../codec/jcs.js'
import { encodeUtf8 } from '../codec/utf8.js'
import { ClaimsError, PassportError } from '../core/errors.js'
import { newCredentialId } from '../core/ids.js'
import type { JsonObject } from '../core/json.js'
import { buildCredential } from '../credentials/build.js'
import { validateCredential } from '../credentials/validate.js'
import { credentialFormat, type IssuingFormat } from '../formats/sign.js'
import type { StatusIndex } from '../ports/status-list-store.js'
import { toStatusEntry } from '../status/entry.js'
import { isOwnOutput } from './check-own-output.js'
import type { IssuedCredential, IssueOptions } from './issuer.js'
import type { Prepared } from './prepare.js'
import { chooseFormat, type IssuerSettings } from './settings.js'

const digestOf = (credential: JsonObject | string): string =>
  toHex(sha256(encodeUtf8(typeof credential === 'string' ? credential : canonicalizeJson(credential))))

const reserveAll = async (settings: IssuerSettings, prepared: Prepared): Promise<readonly StatusIndex[]> => {
  const { status } = settings
  if (!status) return []
  const reserved = await Promise.all(prepared.row.statusPurposes.map((purpose) => status.statusLists.reserve(purpose)))
  return reserved.flat()
}

const statusEntries = (settings: IssuerSettings, indices: readonly StatusIndex[]): readonly JsonObject[] => {
  const { status } = settings
  return status ? indices.map((index) => toStatusEntry(index, status.statusUrl)) : []
}

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
  settings: IssuerSettings,
  format: IssuingFormat,
  document: JsonObject,
  created: Date,
): Promise<JsonObject | string> => {
  const credential = await credentialFormat(format).sign(document, settings.signer, { created })
  if (await isOwnOutput(credential, document, settings.signer, created)) return credential
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
  const statusIndices = await reserveAll(settings, prepared)
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
  const credential = await signOrAbandon(settings, { id, format, document, now: prepared.now })
  await settings.register.settle(id, {
    state: 'issued',
    issuedDigest: digestOf(credential),
    at: formatDateTime(settings.clock.now().getTime()),
  })
  return { id, type: prepared.type, format, credential, document, warnings: prepared.warnings }
}

const signOrAbandon = async (
  settings: IssuerSettings,
  intent: { readonly id: string; readonly format: IssuingFormat; readonly document: JsonObject; readonly now: number },
): Promise<JsonObject | string> => {
  try {
    return await signAndCheck(settings, intent.format, intent.document, new Date(intent.now))
  } catch (error) {
    await settings.register.settle(intent.id, { state: 'abandoned', at: formatDateTime(intent.now) })
    throw asSigningError(error)
  }
}
