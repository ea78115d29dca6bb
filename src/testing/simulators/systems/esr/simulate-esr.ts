import { randomBytes } from 'node:crypto'
import { type Clock, systemClock } from '../../../../core/clock.js'
import { type ListeningApi, listenWith } from '../../loopback.js'
import { createEsrApi } from './esr-api.js'
import { createEsrState, type EsrUsers } from './esr-state.js'

/** An employer whose ESR is simulated. */
export interface SimulatedEsrEmployer {
  readonly odsCode: string
  /** The number of its ESR instance. */
  readonly vpd: string
}

/** How to call a simulated ESR. */
export interface SimulatedEsrAccess {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  readonly organisation: string
}

/** ESR on this machine. */
export interface SimulatedEsr extends Pick<ListeningApi, 'origin' | 'faults' | 'calls' | 'close'> {
  /** What the users of an employer’s ESR do. */
  users(odsCode: string): EsrUsers
  /** What a client of one employer needs, to be given to `createEsrClient`. */
  access(odsCode: string): SimulatedEsrAccess
}

/**
 * Starts ESR on 127.0.0.1, one instance for each employer, with the people who use it. What is published of it are the names in
 * its files; resources, refusals and access are designed here. For tests and demonstrations.
 */
export const simulateEsr = async (
  employers: readonly SimulatedEsrEmployer[],
  clock: Clock = systemClock,
): Promise<SimulatedEsr> => {
  const states = new Map(employers.map(({ odsCode, vpd }) => [odsCode, createEsrState(vpd, clock)]))
  const clients = employers.map(({ odsCode }) => ({
    clientId: `portal-of-${odsCode}`,
    clientSecret: randomBytes(24).toString('base64url'),
    organisations: [odsCode],
  }))
  const { origin, faults, calls, close } = await listenWith(createEsrApi(states, clients, randomBytes(32)))
  return {
    origin,
    faults,
    calls,
    close,
    users: (odsCode) => {
      const state = states.get(odsCode)
      if (!state) throw new TypeError('There is no such employer')
      return state.users
    },
    access: (odsCode) => {
      const client = clients.find(({ organisations }) => organisations.includes(odsCode))
      if (!client) throw new TypeError('There is no such employer')
      const { clientId, clientSecret } = client
      return { url: origin, clientId, clientSecret, organisation: odsCode }
    },
  }
}
