import { p256 } from '@noble/curves/nist.js'
import { describe, expect, it } from 'vitest'
import { sha256 } from '#runtime'
import { fromHex, toHex } from '../../src/codec/hex.js'
import { decodeMultibase, encodeMultibase } from '../../src/codec/multibase.js'
import { encodeUtf8 } from '../../src/codec/utf8.js'
import type { JsonObject } from '../../src/core/json.js'
import { createForms, proofForm } from '../../src/formats/data-integrity/hash-data.js'
import { baseData, splitAt } from '../../src/formats/data-integrity/selective/base-data.js'
import { deriveSelective } from '../../src/formats/data-integrity/selective/derive.js'
import { openGroups } from '../../src/formats/data-integrity/selective/group.js'
import { hmacLabels, linesOf, relabel } from '../../src/formats/data-integrity/selective/labels.js'
import { readProofValue, writeBaseValue } from '../../src/formats/data-integrity/selective/proof-value.js'
import { selectByPointers } from '../../src/formats/data-integrity/selective/select.js'
import { exampleContexts } from '../support/contexts.js'
import { keepScore } from '../support/score.js'
import { proofOnlyVerifier, secretKeyIn } from '../support/suite-vectors.js'
import { hasVectors, vectorFile, vectorJson } from '../support/vectors.js'

const FOLDER = 'w3c-vc-di-ecdsa'
const SETS = [
  ['employ', 'employMandatory.json', 'employSelective.json'],
  ['prc', 'prCredMandatory.json', 'prCredSelective.json'],
] as const

const bytesOf = (text: unknown): Uint8Array => fromHex(String(text).toLowerCase()) ?? new Uint8Array()

type Entries = readonly (readonly [number, string])[]

const open = async (set: string) => {
  const json = (name: string) => vectorJson(`${FOLDER}/ecdsa-sd-2023/${set}/${name}.json`)
  const { proof, ...document }: JsonObject = json('addSignedSDBase')
  const extraContexts = exampleContexts()
  const formOf = createForms({ extraContexts })
  const keys = vectorJson(`${FOLDER}/ecdsa-sd-2023/SDKeyMaterial.json`)
  const hmacKey = bytesOf(keys.hmacKeyString)
  const groups = await openGroups(document, hmacKey, { formOf, extraContexts })
  return { json, document, proof: proof as JsonObject, extraContexts, formOf, keys, hmacKey, groups }
}

const select = async (groups: Awaited<ReturnType<typeof open>>['groups'], pointers: readonly string[]) => {
  const group = await groups.select(pointers)
  if (!group) throw new Error('A pointer leads to nothing')
  return group
}

const ascending = (indexes: ReadonlySet<number>): readonly number[] => [...indexes].sort((a, b) => a - b)

describe.runIf(hasVectors)('Data Integrity ECDSA Cryptosuites 1.0, ecdsa-sd-2023', () => {
  const score = keepScore('w3c-vc-di-ecdsa (ecdsa-sd-2023)', {
    'files of base proofs': 2 * 9,
    'files of derived proofs': 2 * 10,
    documents: 2 * 2,
  })
  const held = (kind: string, files: number): void => {
    for (let count = 0; count < files; count++) score.held(kind)
  }

  it.each(SETS)('%s: every intermediate of the base proof is equal to the byte', async (set, mandatoryFile) => {
    const { json, document, proof, formOf, keys, hmacKey, groups } = await open(set)
    const pointers: readonly string[] = vectorJson(`${FOLDER}/${mandatoryFile}`)
    const canonical = linesOf(await formOf(document, 'rdfc'))
    expect(canonical).toEqual(json('addBaseDocCanon'))
    expect(relabel(canonical, hmacLabels(hmacKey))).toEqual(json('addBaseDocHMACCanon'))
    expect(groups.lines).toEqual(json('addBaseDocHMACCanon'))

    const { mandatory: _, ...transform } = json('addBaseTransform')
    expect(transform.mandatoryPointers).toEqual(pointers)
    const group = await select(groups, pointers)
    const { mandatory, others } = splitAt(groups.lines, group.indexes)
    const expected = json('addBaseTransform') as Record<string, { value: Entries }>
    expect(ascending(group.indexes)).toEqual(expected.mandatory?.value.map(([index]) => index))
    expect(mandatory).toEqual(expected.mandatory?.value.map(([, line]) => line))
    expect(others).toEqual(expected.nonMandatory?.value.map(([, line]) => line))
    for (const { pointer, value } of json('addPointerValues'))
      expect(selectByPointers(document, [pointer])).toMatchObject({ [pointer.slice(1)]: value })

    const configuration = json('addProofConfig') as JsonObject
    const form = await proofForm(document, proof, 'rdfc', formOf)
    expect(form).toBe(vectorFile(`${FOLDER}/ecdsa-sd-2023/${set}/addProofConfigCanon.txt`))
    expect(await proofForm(document, configuration, 'rdfc', formOf)).toBe(form)
    const mandatoryHash = toHex(sha256(encodeUtf8(mandatory.join(''))))
    expect({ proofHash: toHex(sha256(encodeUtf8(form))), mandatoryHash }).toEqual(json('addHashData'))

    const publicKey = decodeMultibase(keys.proofKeyPair.publicKeyMultibase) ?? new Uint8Array()
    const signedWith = (pair: { secretKeyMultibase: string }, data: Uint8Array): Uint8Array =>
      p256.sign(data, secretKeyIn(pair.secretKeyMultibase), { lowS: false })
    const signatures = others.map((line) => signedWith(keys.proofKeyPair, encodeUtf8(line)))
    const data = await baseData({ document, proof: configuration, publicKey, mandatory, formOf })
    const baseSignature = signedWith(keys.baseKeyPair, data)
    expect({
      baseSignature: toHex(baseSignature),
      publicKey: keys.proofKeyPair.publicKeyMultibase,
      signatures: signatures.map(toHex),
      mandatoryPointers: pointers,
    }).toEqual(json('addRawBaseSignatureInfo'))
    const proofValue = writeBaseValue({ baseSignature, publicKey, hmacKey, signatures, mandatoryPointers: pointers })
    expect(proofValue).toBe(proof.proofValue)
    held('files of base proofs', 9)
  })

  it.each(SETS)(
    '%s: every intermediate of the derived proof is equal to the byte',
    async (set, mandatoryFile, chosen) => {
      const { json, document, proof, extraContexts, formOf, groups } = await open(set)
      const pointers: readonly string[] = vectorJson(`${FOLDER}/${mandatoryFile}`)
      const selectivePointers: readonly string[] = vectorJson(`${FOLDER}/${chosen}`)
      const base = readProofValue(decodeMultibase(String(proof.proofValue)) ?? new Uint8Array())
      if (base?.kind !== 'base') throw new Error('No base proof')
      expect({
        baseSignature: toHex(base.baseSignature),
        proofPublicKey: encodeMultibase('z', base.publicKey),
        hmacKey: toHex(base.hmacKey),
        signatures: base.signatures.map(toHex),
        mandatoryPointers: base.mandatoryPointers,
      }).toEqual(json('derivedRecoveredBaseData'))

      const [mandatory, selective, combined] = [
        await select(groups, pointers),
        await select(groups, selectivePointers),
        await select(groups, [...pointers, ...selectivePointers]),
      ]
      expect({
        combinedIndexes: ascending(combined.indexes),
        mandatoryIndexes: ascending(mandatory.indexes),
        nonMandatoryIndexes: groups.lines.flatMap((_, index) => (mandatory.indexes.has(index) ? [] : [index])),
        selectiveIndexes: ascending(selective.indexes),
      }).toEqual(json('derivedGroupIndexes'))
      const published = json('derivedAllGroupData')
      expect(groups.lines).toEqual(published.nquads)
      for (const [name, group] of Object.entries({ mandatory, selective, combined })) {
        const matching: Entries = published.groups[name].matching.value
        expect(ascending(group.indexes).map((index) => [index, groups.lines[index]])).toEqual(matching)
      }

      const derived = await deriveSelective({ ...document, proof }, { selectivePointers, extraContexts })
      expect(derived).toEqual(json('derivedRevealDocument'))
      const { proof: made, ...reveal } = derived
      expect(reveal).toEqual(json('derivedUnsignedReveal'))
      const value = readProofValue(decodeMultibase(String((made as JsonObject).proofValue)) ?? new Uint8Array())
      if (value?.kind !== 'derived') throw new Error('No derived proof')
      expect(value.mandatoryIndexes).toEqual(json('derivedAdjMandatoryIndexes').adjMandatoryIndexes)
      expect(value.signatures.map(toHex)).toEqual(json('derivedAdjSignatures').filteredSignatures)
      const parsed = {
        baseSignature: toHex(value.baseSignature),
        publicKey: encodeMultibase('z', value.publicKey),
        signatures: value.signatures.map(toHex),
        mandatoryIndexes: value.mandatoryIndexes,
      }
      expect(json('derivedDisclosureData')).toMatchObject(parsed)
      expect([...value.labels]).toEqual(json('derivedDisclosureData').labelMap.value)
      expect(json('verifyDerivedProofValue')).toEqual({ ...parsed, labelMap: [...value.labels] })

      const lines = relabel(linesOf(await formOf(reveal, 'rdfc')), (label) => value.labels.get(label)) ?? []
      expect(lines).toEqual(json('verifyNQuads'))
      const split = splitAt(lines, new Set(value.mandatoryIndexes))
      expect({
        baseSignature: parsed.baseSignature,
        proofHash: toHex(sha256(encodeUtf8(await proofForm(reveal, made as JsonObject, 'rdfc', formOf)))),
        publicKey: parsed.publicKey,
        signatures: parsed.signatures,
        nonMandatory: split.others,
        mandatoryHash: toHex(sha256(encodeUtf8(split.mandatory.join('')))),
      }).toEqual(json('verifyCreateVerifyData'))
      held('files of derived proofs', 10)
    },
  )

  it.each(SETS.flatMap(([set]) => [`${set}/addSignedSDBase.json`, `${set}/derivedRevealDocument.json`]))(
    '%s verifies',
    async (name) => {
      const { report } = await proofOnlyVerifier().verify(vectorJson(`${FOLDER}/ecdsa-sd-2023/${name}`))
      expect(report.reasons).toEqual([])
      expect(report.verdict).toBe('accepted')
      score.held('documents')
    },
  )
})
