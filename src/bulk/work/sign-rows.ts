import type { ErrorCode } from '../../core/codes.js'
import { PassportError } from '../../core/errors.js'
import { createLocalSigner } from '../../crypto/local-signer.js'
import { type Composition, digestOf } from '../../issuer/compose.js'
import { signChecked } from '../../issuer/sign-checked.js'
import type { Signer } from '../../ports/signer.js'
import { linesOf, pack, unpack } from '../message.js'
import type { IssuingSetup } from './issuing-setup.js'
import type { OpenWork } from './work.js'

/** Asks for compositions to be signed; each line is one. */
export interface SignHead {
  /** Positions of lines that are not to be signed after all. */
  readonly skip: readonly number[]
}

/** What came of a composition that was to be signed. Each signed one has a line: the credential as JSON text. */
export type SignedRow = { readonly digest: string } | { readonly code: ErrorCode }

interface Signed {
  readonly row: SignedRow
  readonly line?: string
}

const signerOf = async ({ key }: IssuingSetup, signer: Signer | undefined): Promise<Signer> => {
  if (signer) return signer
  if (!key) throw new TypeError('key or signer is needed to sign')
  const { privateKeyJwk, keyId, certificateChain } = key
  return createLocalSigner(privateKeyJwk, keyId, certificateChain === undefined ? {} : { certificateChain })
}

const sign = async (signer: Signer, { format }: IssuingSetup, line: string): Promise<Signed> => {
  const { document, signing }: Composition = JSON.parse(line)
  try {
    // Dates travel as text.
    const created = new Date(signing.created)
    const credential = await signChecked(signer, format, { document, signing: { ...signing, created } })
    return { row: { digest: digestOf(credential) }, line: JSON.stringify(credential) }
  } catch (error) {
    if (error instanceof PassportError) return { row: { code: error.code } }
    throw error
  }
}

/** Signs compositions, and checks each signature as any verifier would. */
export const openSignRows: OpenWork = async (text, environment) => {
  const setup: IssuingSetup = JSON.parse(text)
  const signer = await signerOf(setup, environment.signer)
  return async (batch) => {
    const { head, body } = unpack<SignHead>(batch)
    const skip = new Set(head.skip)
    const signed: Signed[] = []
    for (const [position, line] of linesOf(body).entries())
      if (!skip.has(position)) signed.push(await sign(signer, setup, line))
    return pack(
      signed.map(({ row }) => row),
      signed.flatMap(({ line }) => line ?? []),
    )
  }
}
