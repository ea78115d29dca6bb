/** The holder's door: a wallet that takes offers, keeps credentials and answers requests. */

export { createGuardedRequest } from '#runtime'
export { createMemoryWalletStorage } from '../adapters/memory/wallet-storage.js'
export type { GuardedRequest, OutboundRequest, OutboundResponse } from '../ports/guarded-request.js'
export type { WalletStorage } from '../ports/wallet-storage.js'
export type { Candidate, Choices } from '../wallet/choose.js'
export { createWallet, type OfferReview, type RequestReview, type Wallet } from '../wallet/create-wallet.js'
export type { HeldCredential } from '../wallet/safe.js'
export type { WalletClientOptions, WalletOptions } from '../wallet/settings.js'
export type { Shared } from '../wallet/share.js'
export type { Taken } from '../wallet/take-offer.js'
