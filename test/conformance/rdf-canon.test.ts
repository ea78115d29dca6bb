import { describe, expect, it } from 'vitest'
import { canonicalizeStatements } from '../../src/formats/data-integrity/canonicalize.js'
import { canonicalForm } from '../../src/formats/data-integrity/rdfc/canonical.js'
import type { Digest } from '../../src/formats/data-integrity/rdfc/digest.js'
import { readNQuads } from '../../src/formats/data-integrity/rdfc/read-n-quads.js'
import { canonicalByReference } from '../../src/formats/data-integrity/rdfc/reference.js'
import { keepScore } from '../support/score.js'
import { hasVectors, vectorFile, vectorJson } from '../support/vectors.js'

const FOLDER = 'w3c-rdf-canon'

interface Case {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly action: string
  readonly result: string
  readonly hashAlgorithm?: string
}

const cases: readonly Case[] = hasVectors ? vectorJson(`${FOLDER}/manifest.jsonld`).entries : []
const ofType = (type: string): readonly Case[] => cases.filter((entry) => entry.type === `rdfc:${type}`)

const digestOf = ({ hashAlgorithm }: Case): Digest => (hashAlgorithm === 'SHA384' ? 'SHA-384' : 'SHA-256')
const input = ({ action }: Case): string => vectorFile(`${FOLDER}/${action}`)

/** What our own code makes of a case by itself; `undefined` where the full algorithm is needed. */
const byOurselves = (entry: Case) => {
  const read = readNQuads(input(entry))
  return read && canonicalForm(read.dataset, digestOf(entry))
}

describe.runIf(hasVectors)('RDF Dataset Canonicalization 1.0', () => {
  const score = keepScore('w3c-rdf-canon', {
    evaluations: 64,
    maps: 21,
    'that must stop': 1,
    'of those, by our own code alone': 85,
  })
  const counted = (entry: Case, group: string): void => {
    score.held(group)
    if (byOurselves(entry)) score.held('of those, by our own code alone')
  }

  it.each(ofType('RDFC10EvalTest'))('$id: $name', async (entry) => {
    const expected = vectorFile(`${FOLDER}/${entry.result}`)
    const { text } = await canonicalizeStatements(input(entry), digestOf(entry))
    expect(text).toBe(expected)
    expect((await canonicalByReference(input(entry), digestOf(entry))).text).toBe(expected)
    counted(entry, 'evaluations')
  })

  it.each(ofType('RDFC10MapTest'))('$id: $name', async (entry) => {
    const expected = vectorJson(`${FOLDER}/${entry.result}`)
    const { names } = await canonicalizeStatements(input(entry), digestOf(entry))
    expect(Object.fromEntries(names)).toEqual(expected)
    counted(entry, 'maps')
  })

  it.each(ofType('RDFC10NegativeEvalTest'))('$id: $name', async (entry) => {
    await expect(async () => canonicalizeStatements(input(entry), digestOf(entry))).rejects.toThrow(
      /Maximum deep iterations/,
    )
    score.held('that must stop')
  })
})
