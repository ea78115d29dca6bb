/** The door for servers: functions from a request to its answer, to mount anywhere. */

export type { LogLine } from '../http/route-requests.js'
export { createWalletHandler, type WalletHandlerOptions } from '../http/wallet/create-wallet-handler.js'
