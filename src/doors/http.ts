/** The door for servers: functions from a request to its answer, to mount anywhere. */

export { createExchangesApi, type ExchangesApiOptions } from '../http/exchanges/create-exchanges-api.js'
export type { LogLine } from '../http/route-requests.js'
export { createSignInHandler, type SignInOptions } from '../http/sign-in/create-sign-in-handler.js'
export type { AccessOptions, ApiClient } from '../http/systems/access.js'
export { createEventsApi, type EventsApiOptions, type SystemEvent } from '../http/systems/create-events-api.js'
export { createSystemApi, type ServedSystem, type SystemApiOptions } from '../http/systems/create-system-api.js'
export { createWalletHandler, type WalletHandlerOptions } from '../http/wallet/create-wallet-handler.js'
