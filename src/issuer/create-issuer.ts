import type { JsonObject } from '../core/json.js'
import type { CredentialTypeName } from '../credentials/rows.js'
import { signCompactJws } from '../crypto/sign-compact-jws.js'
import { credentialFormat, type IssuingFormat } from '../formats/sign.js'
import { createStatusPublisher, type PublishedList } from '../status/publish.js'
import { changeStatus, resumeIssuance } from './change-status.js'
import { faultsOf } from './compose.js'
import type { IssueOptions, IssueRequest, Issuer } from './issuer.js'
import { prepareCredential } from './prepare.js'
import { recordAndSign } from './record-and-sign.js'
import { checkOptions, chooseFormat, type IssuerOptions, type IssuerSettings } from './settings.js'

// A list is a credential of its own, in a form that every verifier of ours reads without more.
const listFormat = ({ format, signer }: IssuerSettings): IssuingFormat =>
  credentialFormat(format).format === 'vc+jwt' || format === 'data-integrity' ? format : chooseFormat(signer, undefined)

const signStatusList =
  (settings: IssuerSettings) =>
  (document: JsonObject): Promise<JsonObject | string> =>
    credentialFormat(listFormat(settings)).sign(document, settings.signer, { created: settings.clock.now() })

const publishStatus = (settings: IssuerSettings): AsyncIterable<PublishedList> => {
  if (!settings.status) throw new TypeError('This issuer was created withoutStatus and has no lists to publish')
  return createStatusPublisher({
    register: settings.register,
    ...settings.status,
    issuer: settings.id,
    sign: signStatusList(settings),
    signToken: (claims) =>
      signCompactJws({
        header: { typ: 'statuslist+jwt' },
        payload: JSON.stringify(claims),
        signer: settings.signer,
      }),
    clock: settings.clock,
    ...(settings.statusValidForSeconds === undefined ? {} : { validFor: settings.statusValidForSeconds }),
  }).publishAll()
}

/**
 * Creates an issuer for one organisation. Touches nothing yet; call {@link Issuer.resume} once when your program starts.
 *
 * ```ts
 * import { createIssuer, createLocalSigner, didKey, generateKey } from 'staff-passport'
 * import { createMemoryStore } from 'staff-passport/stores/memory'
 *
 * const key = await generateKey('EdDSA')
 * const { did, keyId } = didKey(key)
 * const { register, statusLists } = createMemoryStore()
 * const issuer = createIssuer({
 *   id: did, name: 'Northfield NHS Trust (fictional)', signer: await createLocalSigner(key, keyId),
 *   register, statusLists, statusUrl: 'https://status.northfield.example/lists',
 * })
 * ```
 *
 * @throws TypeError when an option is missing or does not fit
 * @see Verifiable Credentials Data Model 2.0
 */
export const createIssuer = (options: IssuerOptions): Issuer => {
  const settings = checkOptions(options)
  const prepare = <Type extends CredentialTypeName>(type: Type, request: IssueRequest<Type>) =>
    prepareCredential(settings, type, request)
  return {
    id: settings.id,
    ...(settings.name === undefined ? {} : { name: settings.name }),
    check: (type, request) => {
      const prepared = prepare(type, request)
      return { faults: faultsOf(prepared, settings, settings.format), warnings: prepared.warnings }
    },
    issue: async (type, request, issueOptions: IssueOptions = {}) =>
      recordAndSign(settings, prepare(type, request), { ...issueOptions }),
    revoke: (id, reason) => changeStatus(settings, id, { purpose: 'revocation', set: true, reason }),
    suspend: (id, reason) => changeStatus(settings, id, { purpose: 'suspension', set: true, reason }),
    reinstate: (id) => changeStatus(settings, id, { purpose: 'suspension', set: false }),
    resume: (resumeOptions = {}) => resumeIssuance(settings, resumeOptions.olderThanSeconds ?? 0),
    publishStatus: () => publishStatus(settings),
  }
}
