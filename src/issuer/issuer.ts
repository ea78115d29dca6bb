import type { ClaimFault } from '../core/errors.js'
import type { JsonObject } from '../core/json.js'
import type { Assurance, ClaimsByType, SourceEvidence } from '../credentials/generated/claims.js'
import type { CredentialTypeName } from '../credentials/rows.js'
import type { IssuingFormat } from '../formats/sign.js'
import type { StatusReason } from '../ports/issuance-register.js'
import type { PublishedList } from '../status/publish.js'

/** What one credential is to say, and about whom. */
export interface IssueRequest<Type extends CredentialTypeName> {
  /**
   * The holder's DID: whoever holds its key can present the credential. `urn:uuid:` and the unique identifier where it
   * is for nobody's wallet; it can then be verified, and never presented.
   */
  readonly subject: string
  /** The UUID of the person's identity credential, which binds all their credentials together. */
  readonly uniqueIdentifier: string
  readonly assurance: Assurance
  readonly claims: ClaimsByType[Type]
  /** What the claims were drawn from. */
  readonly evidence?: readonly SourceEvidence[]
  /** RFC 3339; by default now. Written in UTC, to the second. */
  readonly validFrom?: string
  /** RFC 3339; by default the end that the claims themselves state, if they do. */
  readonly validUntil?: string
}

/** How to issue it. */
export interface IssueOptions {
  /**
   * A name of your own for this issuance, such as the row of the HR system: the same key never gives two live
   * credentials. It is kept in the register, so it must not identify the person.
   */
  readonly idempotencyKey?: string
  readonly format?: IssuingFormat
  /**
   * RFC 3339: when the holder's wallet is to offer to fetch a newer one. A claim of GOV.UK Wallet's, beside the document:
   * only `vc+jwt` has it.
   */
  readonly expectedUpdate?: string
}

/** A signed credential, recorded in the register before you get it. */
export interface IssuedCredential {
  readonly id: string
  readonly type: CredentialTypeName
  readonly format: IssuingFormat
  /** What to hand to the wallet: a JSON document with its proof, or a compact token. */
  readonly credential: JsonObject | string
  /** The unsigned document that was secured. */
  readonly document: JsonObject
  /** Rules that warn but do not refuse. */
  readonly warnings: readonly ClaimFault[]
}

/** What {@link Issuer.check} found. */
export interface ClaimsVerdict {
  readonly faults: readonly ClaimFault[]
  readonly warnings: readonly ClaimFault[]
}

/** Issues, revokes, suspends and publishes for one organisation. */
export interface Issuer {
  readonly id: string
  /** The name that is written into every credential, where there is one. */
  readonly name?: string
  /** Says what `issue` would refuse or warn of. Reserves, records and signs nothing. */
  check<Type extends CredentialTypeName>(type: Type, request: IssueRequest<Type>): ClaimsVerdict
  /**
   * Issues one credential: reserves its status places, records the intent, signs, checks what was signed, records it
   * as issued, and only then returns it.
   * @throws ClaimsError with every fault at once; nothing was reserved, recorded or signed
   * @throws PassportError `store.alreadyIssued`, `store.inProgress`, `store.intentAbandoned`, `key.signingFailed`
   */
  issue<Type extends CredentialTypeName>(
    type: Type,
    request: IssueRequest<Type>,
    options?: IssueOptions,
  ): Promise<IssuedCredential>
  /**
   * Withdraws a credential for good. Publish the status lists again afterwards, or verifiers will not hear of it.
   * @returns whether anything changed: `false` when it was revoked already
   * @throws PassportError `store.unknownCredential`, `store.clockSetBack`
   */
  revoke(credentialId: string, reason: StatusReason): Promise<boolean>
  /**
   * Suspends a credential until {@link Issuer.reinstate}. Publish the status lists again afterwards.
   * @returns whether anything changed: `false` when it was suspended already
   * @throws TypeError when credentials of its type cannot be suspended
   * @throws PassportError `store.unknownCredential`, `store.revocationIsFinal`, `store.clockSetBack`
   */
  suspend(credentialId: string, reason: StatusReason): Promise<boolean>
  /**
   * Lifts a suspension; a revocation is for ever. Publish the status lists again afterwards.
   * @returns whether anything changed: `false` when it was not suspended
   * @throws PassportError `store.unknownCredential`, `store.revocationIsFinal`, `store.clockSetBack`
   */
  reinstate(credentialId: string): Promise<boolean>
  /**
   * Call it when the program starts: intents that a crash left unsettled are marked abandoned, their places read as
   * revoked, and their idempotency keys are free again. Where several processes issue from one store, pass an age
   * that no issuance in progress reaches.
   */
  resume(options?: { readonly olderThanSeconds?: number }): Promise<{ readonly abandoned: number }>
  /** Signs every status list of the store as it stands now; put each at its `url`. */
  publishStatus(): AsyncIterable<PublishedList>
}
