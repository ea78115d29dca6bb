import { formatDateTime } from '../codec/date-time.js'
import type { IssuerSettings } from '../issuer/settings.js'
import type { CredentialOutbox } from '../ports/credential-outbox.js'
import type { RegisterEntry } from '../ports/issuance-register.js'

const findEntry = async (
  { register, id }: IssuerSettings,
  credentialId: string,
): Promise<RegisterEntry | undefined> => {
  for await (const entry of register.find({ credentialId })) if (entry.issuer === id) return entry
  return undefined
}

/**
 * Finishes what a crash left in the outbox: what was signed and only intended is recorded as issued and handed out,
 * what was issued is handed out, and what was abandoned since is dropped.
 */
export const recoverOutbox = async (settings: IssuerSettings, outbox: CredentialOutbox): Promise<void> => {
  const held = await outbox.recover()
  const intended: { readonly credentialId: string; readonly issuedDigest: string }[] = []
  const kept: string[] = []
  for (const { credentialId, digest } of held) {
    const entry = await findEntry(settings, credentialId)
    if (entry?.state === 'intended') intended.push({ credentialId, issuedDigest: digest })
    if (entry?.state === 'intended' || entry?.issuedDigest === digest) kept.push(credentialId)
  }
  const at = formatDateTime(settings.clock.now().getTime())
  await settings.register.settle(intended.map((one) => ({ ...one, state: 'issued', at })))
  if (held.length > 0) await outbox.release(kept)
}
