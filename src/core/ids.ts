/** A new credential identifier, `urn:uuid:` and a random (version 4) UUID: unique, and says nothing of its subject. */
export const newCredentialId = (): string => `urn:uuid:${globalThis.crypto.randomUUID()}`
