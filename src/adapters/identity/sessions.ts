import { digestText, encodeBase64url } from '#runtime'
import type { IdentityRequest, IdentitySession, VouchedType } from '../../systems/identity-provider.js'

/**
 * Where an identity provider's adapter keeps which checks began, so that they outlive a restart. The texts are secret,
 * and may be about a person: keep them sealed, and delete them once their check is done with.
 */
export interface IdentitySessionStore {
  /** The text under a name. */
  get(name: string): Promise<string | undefined>
  /**
   * Keeps a text under a name, where what is there is `before` (by default: nothing), in one step.
   * @returns whether it did
   */
  put(name: string, text: string, before?: string): Promise<boolean>
}

/** A store that forgets when the process ends. */
export const createMemorySessions = (): IdentitySessionStore => {
  const texts = new Map<string, string>()
  return {
    get: async (name) => texts.get(name),
    put: async (name, text, before) => {
      if (texts.get(name) !== before) return false
      texts.set(name, text)
      return true
    },
  }
}

/** A check that began, as it is kept. */
export interface KeptSession extends IdentitySession {
  readonly types: readonly VouchedType[]
  readonly confidence: 'M' | 'H'
}

/** What is kept, as it was read. */
export interface Found<Kept extends KeptSession> {
  readonly session: Kept
  readonly text: string
}

const nameOf = (id: string): string => `session.${id}`

/** A check that began here. */
export const findSession = async <Kept extends KeptSession>(
  sessions: IdentitySessionStore,
  id: string,
): Promise<Found<Kept> | undefined> => {
  const text = await sessions.get(nameOf(id))
  return text === undefined ? undefined : { session: JSON.parse(text) as Kept, text }
}

/** Keeps what became of a check, unless somebody else did meanwhile. */
export const replaceSession = <Kept extends KeptSession>(
  sessions: IdentitySessionStore,
  { text }: Found<Kept>,
  session: Kept,
): Promise<boolean> => sessions.put(nameOf(session.id), JSON.stringify(session), text)

const begun = async <Kept extends KeptSession>(
  sessions: IdentitySessionStore,
  name: string,
  open: () => Promise<Kept>,
): Promise<Kept> => {
  const known = async (id: string | undefined) =>
    id === undefined ? undefined : (await findSession<Kept>(sessions, id))?.session
  const before = await sessions.get(name)
  const again = await known(before)
  if (again) return again
  const session = await open()
  await sessions.put(nameOf(session.id), JSON.stringify(session))
  // Where two begin at once, the first name stands; nobody is ever led to the other check.
  const isFirst = await sessions.put(name, session.id, before)
  return isFirst ? session : ((await known(await sessions.get(name))) ?? session)
}

const isAsked = ({ types, confidence }: KeptSession, request: IdentityRequest): boolean =>
  confidence === request.confidence && types.join() === request.types.join()

/** Begins a check, or finds what was begun under this key. @throws TypeError when that was another question */
export const beginOnce = async <Kept extends KeptSession>(
  sessions: IdentitySessionStore,
  request: IdentityRequest,
  open: () => Promise<Kept>,
): Promise<IdentitySession> => {
  const name = `key.${encodeBase64url(digestText('SHA-256', request.idempotencyKey))}`
  const session = await begun(sessions, name, open)
  if (!isAsked(session, request)) throw new TypeError('idempotencyKey was given to a check of something else')
  const { id, url, expiresAt } = session
  return { id, url, expiresAt }
}
