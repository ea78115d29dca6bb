import { formatDateTime, parseDateTime } from '../codec/date-time.js'
import { plainKey } from '../codec/plain-text.js'
import { ClaimsError, PassportError } from '../core/errors.js'
import { newCredentialId } from '../core/ids.js'
import type { JsonObject } from '../core/json.js'
import type { IssuingFormat } from '../formats/sign.js'
import type { StatusIndex } from '../ports/status-list-store.js'
import { type Composition, composeCredential, digestOf, faultsOf, purposesFor } from './compose.js'
import type { IssuedCredential, IssueOptions } from './issuer.js'
import type { Prepared } from './prepare.js'
import { chooseFormat, type IssuerSettings } from './settings.js'
import { signChecked } from './sign-checked.js'

const reserveAll = async (
  { status }: IssuerSettings,
  prepared: Prepared,
  format: IssuingFormat,
): Promise<readonly StatusIndex[]> => {
  if (!status) return []
  const purposes = purposesFor(prepared.row, format)
  const reserved = await Promise.all(purposes.map((purpose) => status.statusLists.reserve(purpose)))
  return reserved.flat()
}

const refuseIfTaken = async (settings: IssuerSettings, idempotencyKey: string | undefined): Promise<void> => {
  if (idempotencyKey === undefined) return
  for await (const entry of settings.register.find({ idempotencyKey })) {
    if (entry.state === 'issued')
      throw new PassportError('store.alreadyIssued', `${entry.credentialId} was issued under this idempotency key`)
  }
}

const signOrAbandon = async (
  settings: IssuerSettings,
  credentialId: string,
  format: IssuingFormat,
  composition: Composition,
): Promise<JsonObject | string> => {
  try {
    return await signChecked(settings.signer, format, composition)
  } catch (error) {
    const at = formatDateTime(composition.signing.created.getTime())
    await settings.register.settle([{ credentialId, state: 'abandoned', at }])
    throw error
  }
}

const updateOf = ({ expectedUpdate }: IssueOptions, format: IssuingFormat): Pick<IssueOptions, 'expectedUpdate'> => {
  if (expectedUpdate === undefined) return {}
  if (format !== 'vc+jwt') throw new TypeError('expectedUpdate is a claim of vc+jwt alone')
  if (parseDateTime(expectedUpdate) === undefined) throw new TypeError('expectedUpdate must be a time with a zone')
  return { expectedUpdate }
}

/**
 * The crash-safe order: reserve, record the intent, sign, check, record as issued, return.
 * A crash between any two steps leaves at most an intent that `resume` abandons.
 */
export const recordAndSign = async (
  settings: IssuerSettings,
  prepared: Prepared,
  options: IssueOptions,
): Promise<IssuedCredential> => {
  const { type, warnings } = prepared
  const key = options.idempotencyKey === undefined ? {} : { idempotencyKey: plainKey(options.idempotencyKey) }
  const format = options.format === undefined ? settings.format : chooseFormat(settings.signer, options.format)
  const faults = faultsOf(prepared, settings, format)
  if (faults.length > 0) throw new ClaimsError(faults)
  const update = updateOf(options, format)
  await refuseIfTaken(settings, key.idempotencyKey)
  const id = newCredentialId()
  const statusIndices = await reserveAll(settings, prepared, format)
  const where = settings.status ? { statusUrl: settings.status.statusUrl } : {}
  const composition = composeCredential(prepared, { issuer: settings, id, statusIndices, ...where, ...update })
  const { document } = composition
  await settings.register.intend([
    {
      credentialId: id,
      issuer: settings.id,
      type,
      unsignedDigest: digestOf(document),
      statusIndices,
      ...key,
      intendedAt: formatDateTime(prepared.now),
    },
  ])
  const credential = await signOrAbandon(settings, id, format, composition)
  const at = formatDateTime(settings.clock.now().getTime())
  await settings.register.settle([{ credentialId: id, state: 'issued', issuedDigest: digestOf(credential), at }])
  return { id, type, format, credential, document, warnings }
}
