/** A signed credential on its way out. */
export interface OutboxCredential {
  readonly credentialId: string
  readonly type: string
  readonly format: string
  /** Which row it was issued for. */
  readonly row: number
  /** What its owner calls that row. */
  readonly label?: string
  /** The signed credential as JSON text: a document, or a token in quotes. */
  readonly credential: string
  /** SHA-256 of the signed credential, in hexadecimal, as the register has it. */
  readonly digest: string
}

/**
 * Where signed credentials go when many are issued. It holds them back until the register has recorded them, so that
 * none is handed out that the register does not know, and none that it knows is lost.
 */
export interface CredentialOutbox {
  readonly portVersion: 1
  /** What a crash left held back; the next `release` hands it out or drops it. */
  recover(): Promise<readonly Pick<OutboxCredential, 'credentialId' | 'digest'>[]>
  /** Holds credentials back, durably. Nothing else is held back at the time. */
  hold(credentials: readonly OutboxCredential[]): Promise<void>
  /** Hands out, durably and in order, those held back that are named here; drops the others. */
  release(credentialIds: readonly string[]): Promise<void>
}
