import { displayOf, type TypeDisplay } from '../../credentials/display.js'
import { CREDENTIAL_ROWS, type CredentialTypeName } from '../../credentials/rows.js'
import { type EntraClaim, entraClaimsOf } from './claims.js'

/** What a contract says that the catalogue does not know. */
export interface EntraContractOptions {
  /** The employer, as cards show it. */
  readonly issuedBy: string
  readonly logo?: { readonly uri: string; readonly description: string }
  /** How long a credential lives that states no end itself, in seconds; by default a year. */
  readonly validityInterval?: number
  /** The claim to find credentials by, to revoke them; by default `uniqueIdentifier`, which tells nothing. */
  readonly indexed?: string
  /** Unique in the tenant; by default the type. */
  readonly name?: string
}

/** From which claim that is sent a claim of the credential is made. */
export interface EntraClaimMapping {
  readonly inputClaim: string
  readonly outputClaim: string
  readonly required: boolean
  readonly indexed: boolean
  readonly type: string
}

/** What Entra makes credentials from. */
export interface EntraRules {
  readonly attestations: {
    readonly idTokenHints: readonly {
      readonly mapping: readonly EntraClaimMapping[]
      readonly required: boolean
      readonly trustedIssuers: readonly string[]
    }[]
  }
  readonly validityInterval: number
  readonly vc: { readonly type: readonly string[] }
}

/** How wallets show them. */
export interface EntraDisplay {
  readonly locale: string
  readonly card: {
    readonly title: string
    readonly issuedBy: string
    readonly backgroundColor: string
    readonly textColor: string
    readonly description: string
    readonly logo?: { readonly uri: string; readonly description: string }
  }
  readonly consent: { readonly title: string; readonly instructions: string }
  readonly claims: readonly { readonly claim: string; readonly label: string; readonly type: string }[]
}

/** A contract, as Entra is asked to create it. */
export interface EntraContract {
  readonly name: string
  readonly rules: EntraRules
  readonly displays: readonly EntraDisplay[]
  /** The end that a credential states itself counts. */
  readonly allowOverrideValidityOnIssuance: true
}

const YEAR = 31_536_000
const IMAGE = 'image/jpg;base64url'
const TEXT = 'String'

const mappingOf = ({ name, required }: EntraClaim, indexed: string): EntraClaimMapping => ({
  inputClaim: name,
  outputClaim: name,
  required,
  indexed: name === indexed,
  type: TEXT,
})

// `dateOfIdCheck` as `Date of id check`.
const spoken = (name: string): string => {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const labelOf = (claim: EntraClaim, { claims }: TypeDisplay): string =>
  claims.find(({ path }) => path.at(-1) === claim.name)?.label.en ?? spoken(claim.name)

const displayFor = (type: CredentialTypeName, { issuedBy, logo }: EntraContractOptions): EntraDisplay => {
  const display = displayOf(type)
  return {
    locale: 'en-GB',
    card: {
      title: display.name.en,
      issuedBy,
      backgroundColor: display.card.backgroundColour,
      textColor: display.card.textColour,
      description: display.description.en,
      ...(logo === undefined ? {} : { logo }),
    },
    consent: {
      title: `Add “${display.name.en}” to your wallet?`,
      instructions: `Enter the code that ${issuedBy} sent you.`,
    },
    claims: entraClaimsOf(type).map((claim) => ({
      claim: `vc.credentialSubject.${claim.name}`,
      label: labelOf(claim, display),
      type: claim.isImage ? IMAGE : TEXT,
    })),
  }
}

/**
 * The contract of a type, as Entra is asked to create it: every claim of the catalogue, taken as it is sent and shown in
 * English.
 * @throws TypeError when there is no such type, or no such claim to find credentials by
 * @see Rules and display definitions reference
 */
export const entraContract = (type: CredentialTypeName, options: EntraContractOptions): EntraContract => {
  const { name = type, validityInterval = YEAR, indexed = 'uniqueIdentifier' } = options
  if (!Object.hasOwn(CREDENTIAL_ROWS, type)) throw new TypeError('type must be the name of a type in the catalogue')
  const claims = entraClaimsOf(type)
  // Without one that is always there, what was issued could not be found, nor revoked.
  if (!claims.some((claim) => claim.name === indexed && claim.required))
    throw new TypeError('indexed must name a claim that every credential of the type has')
  const mapping = claims.map((claim) => mappingOf(claim, indexed))
  return {
    name,
    rules: {
      attestations: { idTokenHints: [{ mapping, required: false, trustedIssuers: [] }] },
      validityInterval,
      vc: { type: [type] },
    },
    displays: [displayFor(type, options)],
    allowOverrideValidityOnIssuance: true,
  }
}
