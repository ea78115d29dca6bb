import { parseDid } from '../codec/did.js'
import { isPlainText } from '../codec/plain-text.js'
import { type Clock, systemClock } from '../core/clock.js'
import { CREDENTIAL_FORMATS, credentialFormat, type IssuingFormat } from '../formats/sign.js'
import type { IssuanceRegister } from '../ports/issuance-register.js'
import type { SignatureAlgorithm, Signer } from '../ports/signer.js'
import type { StatusListStore } from '../ports/status-list-store.js'

/** What an issuer needs. What matters for safety has no default. */
export interface IssuerOptions {
  /** The issuer's DID, or the https identifier that the trust list names. */
  readonly id: string
  /** The organisation's name, written into every credential. */
  readonly name?: string
  /** The organisation's ODS code, which some rules compare with the claims. */
  readonly odsCode?: string
  /** Names or ODS codes of organisations that this one succeeded. */
  readonly predecessors?: readonly string[]
  readonly signer: Signer
  readonly register: IssuanceRegister
  /** Where places in status lists come from. Absent only together with `withoutStatus`. */
  readonly statusLists?: StatusListStore
  /** The https address under which you publish the status lists, without a slash at its end. */
  readonly statusUrl?: string
  /** A sentence saying why these credentials need no status. They can then never be revoked, and most policies refuse them. */
  readonly withoutStatus?: string
  /** By default what the signer's key can do: `data-integrity` for EdDSA, `vc+jwt` for ES256. */
  readonly format?: IssuingFormat
  readonly clock?: Clock
  /** The published policy of the Digital Staff Passport portal: no right to work on a passport that has since expired. */
  readonly dspPortalPolicy?: boolean
  /** How long a published status list may be relied on; by default a day. */
  readonly statusValidForSeconds?: number
}

/** Who issues, as rules and credentials name it. */
export type IssuerIdentity = Pick<IssuerOptions, 'id' | 'name' | 'odsCode' | 'predecessors' | 'dspPortalPolicy'>

/** Where an issuer's status places come from and are published. */
export interface StatusSettings {
  readonly statusLists: StatusListStore
  readonly statusUrl: string
}

/** An issuer's options with every default filled in. */
export interface IssuerSettings extends Omit<IssuerOptions, 'statusLists' | 'statusUrl' | 'withoutStatus'> {
  readonly format: IssuingFormat
  readonly clock: Clock
  /** Absent where the caller said that there is to be no status. */
  readonly status?: StatusSettings
}

const formatsOf = (algorithm: SignatureAlgorithm): readonly IssuingFormat[] =>
  (Object.keys(CREDENTIAL_FORMATS) as IssuingFormat[]).filter((name) =>
    credentialFormat(name).algorithms.includes(algorithm),
  )

/** The format to use. @throws TypeError when the key cannot write it */
export const chooseFormat = (signer: Signer, wanted: IssuingFormat | undefined): IssuingFormat => {
  const possible = formatsOf(signer.algorithm)
  const [first] = possible
  if (!first) throw new TypeError('signer.algorithm must be EdDSA, ES256, ES384 or ES512')
  if (wanted === undefined) return signer.algorithm === 'EdDSA' ? 'data-integrity' : 'vc+jwt'
  if (!possible.includes(wanted))
    throw new TypeError(`A key for ${signer.algorithm} signs ${possible.join(' or ')}, not ${String(wanted)}`)
  return wanted
}

const isHttps = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === 'https:'

const checkStatus = (options: IssuerOptions): { readonly status?: StatusSettings } => {
  const { statusLists, statusUrl, withoutStatus } = options
  if (withoutStatus !== undefined) {
    if (statusLists || statusUrl || !withoutStatus.trim())
      throw new TypeError('withoutStatus must be a sentence, and stands instead of statusLists and statusUrl')
    return {}
  }
  if (statusLists?.portVersion !== 1) throw new TypeError('statusLists must implement StatusListStore, version 1')
  if (statusUrl === undefined || !isHttps(statusUrl) || /[#?]|\/$/.test(statusUrl))
    throw new TypeError('statusUrl must be an https URL without query, fragment or a slash at its end')
  return { status: { statusLists, statusUrl } }
}

/** The settings of an issuer. @throws TypeError when an option is missing or does not fit */
export const checkOptions = (options: IssuerOptions): IssuerSettings => {
  const { statusLists: _lists, statusUrl: _url, withoutStatus: _sentence, ...rest } = options
  if (!parseDid(options.id) && !isHttps(options.id)) throw new TypeError('id must be a DID or an https URL')
  if (options.register?.portVersion !== 1) throw new TypeError('register must implement IssuanceRegister, version 1')
  if (options.name !== undefined && !isPlainText(options.name))
    throw new TypeError('name must be a text of 1 to 500 characters, without control characters')
  if (options.odsCode !== undefined && !/^[A-Z0-9]{3,10}$/.test(options.odsCode))
    throw new TypeError('odsCode must be an ODS code, such as RZ1')
  if (
    options.predecessors !== undefined &&
    !(Array.isArray(options.predecessors) && options.predecessors.every((name) => isPlainText(name)))
  )
    throw new TypeError('predecessors must hold names or ODS codes')
  const format = chooseFormat(options.signer, options.format)
  return { ...rest, ...checkStatus(options), format, clock: options.clock ?? systemClock }
}
