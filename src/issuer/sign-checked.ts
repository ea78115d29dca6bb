import { PassportError } from '../core/errors.js'
import type { JsonObject } from '../core/json.js'
import { credentialFormat, type IssuingFormat } from '../formats/sign.js'
import type { Signer } from '../ports/signer.js'
import { isOwnOutput } from './check-own-output.js'
import type { Composition } from './compose.js'

const signAndCheck = async (
  signer: Signer,
  format: IssuingFormat,
  { document, signing }: Composition,
): Promise<JsonObject | string> => {
  const credential = await credentialFormat(format).sign(document, signer, signing)
  if (await isOwnOutput(credential, { document, signer, signing })) return credential
  throw new PassportError('key.signingFailed', 'The signature made does not verify under the signer’s own public key')
}

/**
 * Signs a credential, and reads it back as any verifier would.
 * @throws PassportError `key.signingFailed` when the signer failed, or what it made does not verify
 */
export const signChecked = async (
  signer: Signer,
  format: IssuingFormat,
  composition: Composition,
): Promise<JsonObject | string> => {
  try {
    return await signAndCheck(signer, format, composition)
  } catch (error) {
    if (error instanceof PassportError) throw error
    throw new PassportError('key.signingFailed', 'The signer failed', { retryable: true, cause: error })
  }
}
