import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite'
import * as ecdsaMultikey from '@digitalbazaar/ecdsa-multikey'
import { cryptosuite as ecdsaRdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import * as ecdsaSd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite'
import * as ed25519Multikey from '@digitalbazaar/ed25519-multikey'
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import { cryptosuite as eddsaRdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/core/json.js'
import { importPublicKey } from '../../src/crypto/keys.js'
import { decodeMultikey } from '../../src/crypto/multikey.js'
import { didKeyDocument } from '../../src/dids/did-key.js'
import { createDocumentLoader } from '../../src/formats/data-integrity/rdfc/document-loader.js'
import { deriveSelective } from '../../src/formats/data-integrity/selective/derive.js'
import { addProof, signDataIntegrityPresentation } from '../../src/formats/data-integrity/sign.js'
import type { CryptosuiteName } from '../../src/formats/data-integrity/suites.js'
import type { Signer } from '../../src/ports/signer.js'
import {
  keyOf,
  plainDocument,
  type Somebody,
  SUITES,
  signatureOutcome,
  somebody,
  WHOLE_SUITES,
} from '../support/suites.js'

const NOW = new Date('2026-03-02T09:00:00Z')
const MANDATORY = ['/issuer', '/validFrom', '/validUntil', '/credentialStatus', '/credentialSubject/0/name']
const SELECTIVE = ['/credentialSubject/2', '/credentialSubject/0/description']

const THEIRS: Readonly<Record<CryptosuiteName, { readonly sign: () => unknown; readonly verify: () => unknown }>> = {
  'eddsa-rdfc-2022': { sign: () => eddsaRdfc, verify: () => eddsaRdfc },
  'eddsa-jcs-2022': { sign: eddsaJcs.createSignCryptosuite, verify: eddsaJcs.createVerifyCryptosuite },
  'ecdsa-rdfc-2019': { sign: () => ecdsaRdfc, verify: () => ecdsaRdfc },
  'ecdsa-jcs-2019': { sign: ecdsaJcs.createSignCryptosuite, verify: ecdsaJcs.createVerifyCryptosuite },
  'ecdsa-sd-2023': {
    sign: () => ecdsaSd.createSignCryptosuite({ mandatoryPointers: MANDATORY }),
    verify: ecdsaSd.createVerifyCryptosuite,
  },
}

const CURVES: Readonly<Record<string, string>> = { EdDSA: 'Ed25519', ES256: 'P-256', ES384: 'P-384' }

const documentLoader = async (url: string): Promise<unknown> => {
  if (!url.startsWith('did:key:')) return createDocumentLoader()(url)
  const [did = '', fragment] = url.split('#')
  const document = didKeyDocument(did) as JsonObject
  const [method] = document.verificationMethod as readonly JsonObject[]
  const found = fragment ? { '@context': 'https://w3id.org/security/multikey/v1', ...method } : document
  return { contextUrl: null, documentUrl: url, document: found }
}

const theirSigner = (name: CryptosuiteName, { keyId, algorithm, sign }: Signer) =>
  new DataIntegrityProof({
    signer: { id: keyId, algorithm: CURVES[algorithm] ?? '', sign: ({ data }) => sign(data) },
    date: NOW.toISOString(),
    cryptosuite: THEIRS[name].sign(),
  })

const theirVerdict = async (name: CryptosuiteName, credential: JsonObject) => {
  const suite = new DataIntegrityProof({ cryptosuite: THEIRS[name].verify() })
  const checkStatus = async () => ({ verified: true })
  const { verified, error } = await vc.verifyCredential({ credential, suite, documentLoader, checkStatus, now: NOW })
  return verified ? 'passed' : JSON.stringify(error)
}

const oursBase = (name: CryptosuiteName, { did, signer }: Somebody) =>
  addProof(plainDocument(did), signer, {
    cryptosuite: name,
    created: NOW,
    ...(name === 'ecdsa-sd-2023' ? { mandatoryPointers: MANDATORY } : {}),
  })

const theirsBase = (name: CryptosuiteName, { did, signer }: Somebody) =>
  vc.issue({ credential: plainDocument(did), suite: theirSigner(name, signer), documentLoader, now: NOW })

describe('with @digitalbazaar/vc and each of its cryptosuites', () => {
  it.each(WHOLE_SUITES)('%s, %s: it verifies what we sign', async (name, algorithm) => {
    expect(await theirVerdict(name, await oursBase(name, await somebody(algorithm)))).toBe('passed')
  })

  it.each(SUITES)('%s, %s: we verify what it signs', async (name, algorithm) => {
    const issuer = await somebody(algorithm)
    const signed = await theirsBase(name, issuer)
    expect(await signatureOutcome(signed, keyOf(issuer.signer))).toBe('passed')
    const changed = { ...signed, validUntil: '2099-01-01T00:00:00Z' }
    expect(await signatureOutcome(changed, keyOf(issuer.signer))).toBe('signature.invalid')
  })

  it.each(SUITES)('%s, %s: we verify what it signs with a key that it made', async (name, algorithm) => {
    const curve = CURVES[algorithm] ?? ''
    const key = await (algorithm === 'EdDSA' ? ed25519Multikey.generate() : ecdsaMultikey.generate({ curve }))
    const did = `did:key:${key.publicKeyMultibase}`
    const theirKey = importPublicKey(decodeMultikey(key.publicKeyMultibase))
    key.id = `${did}#${key.publicKeyMultibase}`
    const suite = new DataIntegrityProof({
      signer: key.signer(),
      date: NOW.toISOString(),
      cryptosuite: THEIRS[name].sign(),
    })
    const signed = await vc.issue({ credential: plainDocument(did), suite, documentLoader, now: NOW })
    expect(await signatureOutcome(signed, async () => ({ ok: true, key: await theirKey }))).toBe('passed')
  })

  it.each(WHOLE_SUITES)('%s, %s: it verifies what our holder presents', async (name, algorithm) => {
    const holder = await somebody(algorithm)
    const { '@context': context } = plainDocument(holder.did)
    const credential = await oursBase(name, holder)
    const presentation = await signDataIntegrityPresentation(
      {
        '@context': context as Json,
        type: ['VerifiablePresentation'],
        holder: holder.did,
        verifiableCredential: [credential],
      },
      holder.signer,
      { challenge: 'c', audience: 'https://v.example', created: NOW },
      name,
    )
    const suite = new DataIntegrityProof({ cryptosuite: THEIRS[name].verify() })
    const checkStatus = async () => ({ verified: true })
    const asked = { challenge: 'c', domain: 'https://v.example', checkStatus, now: NOW }
    const { verified, error } = await vc.verify({ presentation, suite, documentLoader, ...asked })
    expect(verified, JSON.stringify(error)).toBe(true)
    expect(await signatureOutcome(presentation, keyOf(holder.signer))).toBe('passed')
  })
})

describe('ecdsa-sd-2023 with @digitalbazaar, whoever issues and whoever derives', () => {
  const theirsDerived = (verifiableCredential: JsonObject) =>
    vc.derive({
      verifiableCredential,
      suite: new DataIntegrityProof({
        cryptosuite: ecdsaSd.createDiscloseCryptosuite({ selectivePointers: SELECTIVE }),
      }),
      documentLoader,
    })
  const oursDerived = (credential: JsonObject) => deriveSelective(credential, { selectivePointers: SELECTIVE })

  it.each([
    ['we', 'we', oursBase, oursDerived],
    ['we', 'it', oursBase, theirsDerived],
    ['it', 'we', theirsBase, oursDerived],
    ['it', 'it', theirsBase, theirsDerived],
  ] as const)('%s issue, %s derive: both verify, and what was withheld is not there', async (_i, _d, issue, derive) => {
    const issuer = await somebody('ES256')
    const derived = await derive(await issue('ecdsa-sd-2023', issuer))
    expect(await theirVerdict('ecdsa-sd-2023', derived)).toBe('passed')
    expect(await signatureOutcome(derived, keyOf(issuer.signer))).toBe('passed')
    const { proof: _, ...shown } = derived
    const { name: _name, credentialSubject, ...rest } = plainDocument(issuer.did)
    const [holder, , face] = credentialSubject as readonly Json[]
    expect(shown).toEqual({ ...rest, credentialSubject: [holder, face] })
  })
})
