import { PassportError } from '../core/errors.js'
import type { JsonObject } from '../core/json.js'
import type { CredentialReport } from '../verifier/report.js'
import { type Token, takeBySigningIn, takePreAuthorized } from './authorize.js'
import { type Candidate, type Choices, chooseFor } from './choose.js'
import { configurationIn, displayIn, fetchIssuerMetadata, type IssuerMetadata } from './issuer-metadata.js'
import { notifyIssuer, notifyLater, unheardIn } from './notify-issuer.js'
import { type ReadOffer, readOffer } from './read-offer.js'
import { type ReadRequest, readRequest } from './read-request.js'
import type { HeldCredential } from './safe.js'
import { openSettings, ownKey, type WalletOptions, type WalletSettings } from './settings.js'
import { decline, type Shared, share } from './share.js'
import { type Taken, takeCredential, type Wanted } from './take-offer.js'

/** An offer, as it is shown to the holder before anything is taken. */
export interface OfferReview {
  /** The issuer's identifier: an address that was asked, so its name is at least that of whoever answers there. */
  readonly issuer: string
  readonly issuerName?: string
  /** What is offered, by name. */
  readonly credentials: readonly { readonly configurationId: string; readonly name: string }[]
  /** Whether a transaction code is needed, and how long it is. */
  readonly transactionCode?: { readonly length?: number; readonly numeric: boolean }
  /**
   * Takes everything that is offered: proves the wallet's key, looks at each credential, keeps it, and tells the issuer.
   * Where the way there failed in the middle (`retryable`), accept again: it goes on where it stopped.
   * @throws PassportError `exchange.refused`: the code is wrong, was used, or is over
   */
  accept(options?: { readonly transactionCode?: string }): Promise<readonly Taken[]>
}

/** A request, as it is shown to the holder before anything is shared. */
export interface RequestReview extends Choices {
  readonly verifier: Pick<ReadRequest, 'clientId' | 'name' | 'proof'>
  /**
   * Shares what was chosen; by default the least that answers.
   * @throws PassportError `exchange.unsatisfiable`, `exchange.refused`
   */
  share(chosen?: readonly Candidate[]): Promise<Shared>
  /** Tells the verifier that the holder does not answer. */
  decline(): Promise<Shared>
}

/** A holder's wallet. */
export interface Wallet {
  /** The DID of the wallet's key; made when it is first needed. */
  holder(): Promise<string>
  credentials(): readonly HeldCredential[]
  /** Reads an offer. Takes nothing. @throws PassportError `exchange.*`, `fetch.*` */
  openOffer(link: string): Promise<OfferReview>
  /** Reads a request. Shares nothing. @throws PassportError `exchange.*`, `fetch.*` */
  openRequest(link: string): Promise<RequestReview>
  /**
   * Tells issuers what they did not hear yet, and asks about every credential whether it is still good. Call it when the wallet
   * is opened, and each time that it is connected again.
   * @returns those whose standing changed
   */
  refresh(): Promise<readonly HeldCredential[]>
  /** How many notifications no issuer has answered yet. */
  unheard(): number
  /** Deletes a credential, and tells its issuer where that is still possible. */
  remove(id: string): Promise<void>
}

const wantedIn = ({ configurationIds }: ReadOffer, { identifiers }: Token): readonly Wanted[] =>
  configurationIds.flatMap((configurationId): readonly Wanted[] => {
    const named = identifiers.get(configurationId)
    return named ? named.map((identifier) => ({ configurationId, identifier })) : [{ configurationId }]
  })

const takeToken = (
  settings: WalletSettings,
  metadata: IssuerMetadata,
  offer: ReadOffer,
  transactionCode: string | undefined,
): Promise<Token> => {
  if (offer.preAuthorizedCode !== undefined) return takePreAuthorized(settings, metadata, offer, transactionCode)
  if (offer.authorization) return takeBySigningIn(settings, metadata, offer)
  throw new PassportError('exchange.unsupported', 'The offer has no grant that this wallet knows')
}

type Accept = (transactionCode: string | undefined) => Promise<readonly Taken[]>

/** Takes an offer; what an attempt got that was cut off, the next does not ask for again. */
const acceptor = (settings: WalletSettings, metadata: IssuerMetadata, offer: ReadOffer): Accept => {
  let token: Token | undefined
  const taken: Taken[] = []
  return async (transactionCode) => {
    if (offer.transactionCode && transactionCode === undefined)
      throw new TypeError('This offer needs its transactionCode')
    token ??= await takeToken(settings, metadata, offer, transactionCode)
    const taking = { settings, metadata, token, key: await ownKey(settings) }
    for (const [at, wanted] of wantedIn(offer, token).entries())
      if (taken[at]?.ok !== true) taken[at] = await takeCredential(taking, wanted)
    return [...taken]
  }
}

const nameOf = (configuration: JsonObject, id: string): string => {
  const { credential_metadata: metadata } = configuration as { credential_metadata?: JsonObject }
  const { name } = displayIn(metadata?.display ?? configuration.display, 'en')
  return typeof name === 'string' ? name : id
}

const openOffer = async (settings: WalletSettings, link: string): Promise<OfferReview> => {
  const offer = await readOffer(settings, link)
  const metadata = await fetchIssuerMetadata(settings.send, offer.issuer)
  const { name } = displayIn(metadata.issuer.display, 'en')
  const accept = acceptor(settings, metadata, offer)
  return {
    issuer: offer.issuer,
    ...(typeof name === 'string' ? { issuerName: name } : {}),
    credentials: offer.configurationIds.map((configurationId) => ({
      configurationId,
      name: nameOf(configurationIn(metadata, configurationId), configurationId),
    })),
    ...(offer.transactionCode === undefined ? {} : { transactionCode: offer.transactionCode }),
    accept: ({ transactionCode } = {}) => accept(transactionCode),
  }
}

const openRequest = async (settings: WalletSettings, link: string): Promise<RequestReview> => {
  const request = await readRequest(settings, link)
  const choices = chooseFor(request, settings.safe.contents().credentials)
  const { clientId, name, proof } = request
  return {
    ...choices,
    verifier: { clientId, proof, ...(name === undefined ? {} : { name }) },
    share: async (chosen = choices.least) => {
      if (!choices.isSatisfiable || chosen.length === 0)
        throw new PassportError('exchange.unsatisfiable', 'The wallet holds nothing that answers the request')
      return share(settings, request, chosen)
    },
    decline: () => decline(settings, request),
  }
}

const STANDINGS: Readonly<Record<string, HeldCredential['standing']>> = {
  'status.revoked': 'revoked',
  'status.suspended': 'suspended',
  'validityPeriod.expired': 'expired',
}

const standingOf = ({ verdict, reasons }: CredentialReport): HeldCredential['standing'] => {
  if (verdict === 'accepted') return 'good'
  return reasons.map(({ code }) => STANDINGS[code]).find((standing) => standing !== undefined) ?? 'unknown'
}

const refresh = async (settings: WalletSettings): Promise<readonly HeldCredential[]> => {
  const { safe, verifier } = settings
  await notifyLater(settings)
  const standings = new Map<string, HeldCredential['standing']>()
  for (const { id, credential } of safe.contents().credentials)
    standings.set(id, standingOf((await verifier.verifyCredential(credential)).report))
  const changed = safe
    .contents()
    .credentials.filter(({ id, standing }) => (standings.get(id) ?? standing) !== standing)
    .map((held) => ({ ...held, standing: standings.get(held.id) ?? held.standing }))
  if (changed.length > 0)
    await safe.change((contents) => ({
      ...contents,
      credentials: contents.credentials.map((held) => ({ ...held, standing: standings.get(held.id) ?? held.standing })),
    }))
  return changed
}

const remove = async (settings: WalletSettings, id: string): Promise<void> => {
  const { safe } = settings
  const held = safe.contents().credentials.find((one) => one.id === id)
  const deleted = held?.notify && { ...held.notify, event: 'credential_deleted' as const }
  // It is deleted whether or not its issuer hears of it.
  await safe.change((contents) => ({
    ...contents,
    credentials: contents.credentials.filter((one) => one !== held),
    ...(deleted ? { unheard: [...unheardIn(contents), deleted] } : {}),
  }))
  if (deleted) await notifyIssuer(settings, deleted)
}

/**
 * Opens a holder's wallet: keys and credentials sealed at rest, offers and requests shown before anything is taken or
 * shared, and the least shared that answers.
 * @throws TypeError when an option does not fit; PassportError `store.corrupt` when the key does not open the storage
 * @see OpenID4VCI 1.0; OpenID4VP 1.0
 */
export const createWallet = async (options: WalletOptions): Promise<Wallet> => {
  const settings = await openSettings({ ...options })
  return {
    holder: async () => (await ownKey(settings)).did,
    credentials: () => settings.safe.contents().credentials,
    openOffer: (link) => openOffer(settings, link),
    openRequest: (link) => openRequest(settings, link),
    refresh: () => refresh(settings),
    unheard: () => unheardIn(settings.safe.contents()).length,
    remove: (id) => remove(settings, id),
  }
}
