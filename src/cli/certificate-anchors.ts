import type { VerifierOptions } from '../verifier/create-verifier.js'
import { readInputFile } from './files.js'
import type { Terminal } from './terminal.js'

/** What certificates are judged by: PEM files of those that they must lead to. Nothing, where there are none. */
export const readCertificateAnchors = async (
  files: readonly string[] = [],
  terminal: Terminal,
): Promise<Pick<VerifierOptions, 'certificates'>> => {
  if (files.length === 0) return {}
  const { createCertificateTrust } = await import('../adapters/x509/certificate-trust.js')
  const bytes = await Promise.all(files.map((file) => readInputFile(file, terminal)))
  return { certificates: createCertificateTrust({ anchors: bytes.map((one) => new TextDecoder().decode(one)) }) }
}
