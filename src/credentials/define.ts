import type { JsonObject } from '../core/json.js'
import type { StatusPurpose } from '../ports/status-list-store.js'
import type { Assurance, ClaimsByType, SourceEvidence } from './generated/claims.js'

/** Who may issue a type; the trust list gives each organisation its roles. */
export const ISSUER_ROLES = ['nationalBody', 'employer', 'hostEmployer', 'trainingBody', 'identityProvider'] as const
/** A part that an organisation plays. */
export type IssuerRole = (typeof ISSUER_ROLES)[number]

/** What a rule looks at: the credential subject's parts, and the dates around them. */
export interface RuleInput {
  /** The claims of the type, already valid against its schema. */
  readonly claims: JsonObject
  /** The assurance block, already valid against its schema. */
  readonly assurance: JsonObject
  /** Source evidence, where given. */
  readonly evidence: readonly JsonObject[]
  /** The issuer, as the issuing call or the trust list knows it; absent where nobody knows. */
  readonly issuer?: {
    readonly id: string
    readonly name?: string
    readonly odsCode?: string
    readonly predecessors?: readonly string[]
  }
  /** Calendar date in the United Kingdom on which the credential is, or was, issued. Rules compare with it, never with today. */
  readonly issuedOn: string
  /** Whether the published policy of the Digital Staff Passport portal applies: no right to work on an expired passport. */
  readonly dspPortalPolicy?: boolean
}

/** What a rule found. The path is a JSON pointer below the subject: `/claims/…` or `/assurance/…`. */
export interface RuleFinding {
  readonly path: string
}

/**
 * Something a JSON Schema cannot say. `issue` rules are asked before signing only, `both` also when verifying;
 * `refuse` stops the credential, `warn` is reported.
 */
export interface Rule {
  /** `schema.` and a lower camel case reason, unique in the catalogue. */
  readonly code: `schema.${string}`
  readonly when: 'issue' | 'both'
  readonly force: 'refuse' | 'warn'
  /** What is wrong, as a sentence without any value from the claims. */
  readonly sentence: string
  /** What to do about it. */
  readonly mend: string
  /** Where it is broken; an empty list where it holds. */
  readonly check: (input: RuleInput) => readonly RuleFinding[]
}

/** A worked example, used by the docs, the demo, the command line and the tests. Plainly fictional. */
export interface GoldenExample<Type extends keyof ClaimsByType = keyof ClaimsByType> {
  /** Which route or variant it shows, such as `identity service provider`. */
  readonly title: string
  readonly uniqueIdentifier: string
  readonly assurance: Assurance
  readonly claims: ClaimsByType[Type]
  readonly evidence?: readonly SourceEvidence[]
}

/** So many worked examples of a type, the first of which is what `example <type>` prints. */
export type GoldenExamples<Type extends keyof ClaimsByType, Count extends number> = Readonly<
  Repeated<GoldenExample<Type>, Count>
>

type Repeated<Item, Count extends number, Found extends Item[] = []> = Found['length'] extends Count
  ? Found
  : Repeated<Item, Count, [...Found, Item]>

/** Everything about one credential type that a rule, an issuer or a verifier asks. */
export interface CredentialTypeRow {
  /** The published name, which is also the JSON-LD type. */
  readonly type: string
  /** The published label, for people. */
  readonly label: string
  /** The key of its claims in `credentialSubject`: the type in lower camel case. */
  readonly claimsKey: string
  /** Schema identifiers, newest first; every version ever published stays. */
  readonly schemas: readonly [string, ...string[]]
  readonly issuedBy: readonly IssuerRole[]
  /** Special-category personal data (UK GDPR, article 9) or criminal-offence data (article 10). */
  readonly specialCategory: boolean
  readonly statusPurposes: readonly StatusPurpose[]
  /** Included whenever a passport is shared. */
  readonly requiredWhenSharing: boolean
  /** Where the attributes come from: published by the NHS, or designed here. */
  readonly origin: 'published' | 'ours'
  /**
   * Claims that their holder may withhold, in formats that can: members of the claims object. Nothing whose absence
   * could mislead is among them: no restriction, outcome, level or end.
   */
  readonly disclosable: readonly string[]
  /** How long a verifier may keep it (ours, from published guidance). */
  readonly retention: string
  /** What an accepted credential does not prove. */
  readonly doesNotProve: readonly string[]
  /** The credential gateway's template name and claim prefix, where published. */
  readonly gateway?: { readonly template: string; readonly prefix: string }
  /** The moment the claims themselves end (RFC 3339), or `undefined` when they do not. */
  readonly validUntil: (claims: JsonObject) => string | undefined
  readonly rules: readonly Rule[]
}

/** A type as the catalogue shows it: its row, and worked examples, which no verifier needs to carry. */
export interface CatalogueEntry extends CredentialTypeRow {
  /** The first is what `example <type>` prints. */
  readonly examples: readonly [GoldenExample, ...GoldenExample[]]
}

/** How a type is shown, in the fewest words: pairs are English and Welsh. */
export interface DisplayData {
  readonly name: readonly [en: string, cy: string]
  readonly description: readonly [en: string, cy: string]
  readonly claims: readonly (readonly [name: string, en: string, cy: string, mandatory: 0 | 1])[]
}

/** Declares a row; keeps the literal type of its name. */
export const defineType = <const Type extends string>(
  row: CredentialTypeRow & { readonly type: Type },
): CredentialTypeRow & { readonly type: Type } => row
