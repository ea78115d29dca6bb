import type { JsonObject } from '../../core/json.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { PersonFacts } from '../../matching/match-person.js'
import type { Change, ExchangeBook } from '../book/exchange-book.js'
import type { Exchange, ExchangeReason } from '../exchange.js'
import type { PresentedClaims, WireClaims } from './claim-names.js'
import type { SourceReference } from './settings.js'

/** What a callback brought, until it is brought to its end: a crash in between loses nothing. */
export interface Brought {
  readonly code: string
  /** Until when somebody is at it (milliseconds since 1970); 0 for nobody. */
  readonly leaseUntil: number
  /** What the code was exchanged for: a code works once. */
  readonly redeemed?: { readonly idToken: string; readonly scope: string; readonly receivedAt: number }
}

interface FlowDetail {
  readonly type: CredentialTypeName
  readonly template: string
  /** Leads the callback to its flow. */
  readonly state: string
  readonly nonce: string
  /** Proves that a callback comes through the browser that began. */
  readonly browserSecret: string
  readonly returnTo?: string
  readonly brought?: Brought
}

/** The person whom a source system knows, as it knows them. */
export interface KnownPerson extends PersonFacts {
  /** The source system's own identifier of the person. */
  readonly id: string
}

/** That somebody has shown who they are. */
export interface VerifiedSession {
  readonly id: string
  /** RFC 3339, UTC. */
  readonly expiresAt: string
  /** The unique identifier of their identity credential. */
  readonly uniqueIdentifier: string
}

/** What is kept of a verification. */
export interface VerificationDetail extends FlowDetail {
  readonly flow: 'verification'
  readonly codeVerifier?: string
  /** Whom it must be, for a session; absent where a credential is only to be shown. */
  readonly person?: KnownPerson
  /** Claims to keep of what is shown; all, where absent. */
  readonly wanted?: readonly string[]
  readonly session?: VerifiedSession & { readonly personId: string }
  readonly presented?: PresentedClaims
}

/** What is kept of an issuance. */
export interface IssuanceDetail extends FlowDetail {
  readonly flow: 'issuance'
  readonly itemId: string
  readonly record: SourceReference
  readonly personId: string
  /** When the source system signed the record. */
  readonly signedAt: string
  readonly uniqueIdentifier: string
  /** What the credential is to say, until it is issued. */
  readonly content?: WireClaims
  /** What a wallet shows of it, as a digest. */
  readonly contentHash: string
  /** When the credential ends, if it does (RFC 3339). */
  readonly credentialEnd?: string
  readonly pushed?: { readonly requestUri: string; readonly expiresAt: number }
  readonly serialNumber?: string
  readonly issuedAt?: string
  /** Once it is to be withdrawn: why. */
  readonly withdraw?: ExchangeReason
  readonly revokedAt?: string
}

/** A holder shows a credential. */
export type Verification = Exchange<VerificationDetail & JsonObject>
/** A holder takes a credential. */
export type Issuance = Exchange<IssuanceDetail & JsonObject>
/** An exchange over the gateway. */
export type Flow = Verification | Issuance

/** The name of the protocol, in the book. */
export const GATEWAY_PROTOCOL = 'gateway'

/** The kinds of secrets that lead to a flow. */
export const SECRETS = { state: 'gateway-state', session: 'gateway-session', record: 'gateway-record' } as const

type DetailOf<Of extends Flow> = Of extends Verification ? VerificationDetail : IssuanceDetail

/** Members of a detail to write, or to forget. */
type Patch<Detail> = { readonly [Name in keyof Detail]?: Detail[Name] | undefined }

/** What changes in a flow, and what whoever asked for it is told. */
export interface FlowDecision<Of extends Flow, Answer> {
  readonly change?: Omit<Change<JsonObject>, 'detail'> & { readonly patch?: Patch<DetailOf<Of>> }
  readonly answer: Answer
}

/** Changes a flow as decided by a function that looks at it as it stands. @throws as the book does */
export const changeFlow = <Of extends Flow, Answer>(
  book: ExchangeBook,
  id: string,
  decide: (flow: Of) => FlowDecision<Of, Answer>,
): Promise<Answer> =>
  book.change<JsonObject, Answer>(id, (found) => {
    const { change, answer } = decide(found as unknown as Of)
    if (!change) return { answer }
    const { patch, ...rest } = change
    const detail = Object.fromEntries(
      Object.entries({ ...found.detail, ...patch }).filter(([, value]) => value !== undefined),
    )
    return { change: { ...rest, detail: detail as JsonObject }, answer }
  })

/** The flow of this id, if it is the owner's. */
export const flowById = async (book: ExchangeBook, id: string): Promise<Flow | undefined> => {
  const found = await book.byId(id)
  return found?.protocol === GATEWAY_PROTOCOL ? (found as unknown as Flow) : undefined
}

/** Whether it is an issuance. */
export const isIssuance = (flow: Flow): flow is Issuance => flow.detail.flow === 'issuance'

/** What is forgotten of a flow when it ends: everything about the person but what came of it. */
export const FORGOTTEN = { brought: undefined, codeVerifier: undefined, person: undefined } as const
/** What is forgotten of an issuance when it ends. */
export const FORGOTTEN_OF_ISSUANCE = { brought: undefined, content: undefined, pushed: undefined } as const
