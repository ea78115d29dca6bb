import { describe, expect, it } from 'vitest'
import { getTokenEntry, setTokenEntry } from '../../src/codec/bitstring.js'
import { decodeTokenList, encodeTokenList } from '../../src/status/encoded-list.js'
import { readListToken } from '../../src/verifier/list-token.js'
import { keepScore } from '../support/score.js'
import { hasVectors, vectorFile, vectorJson } from '../support/vectors.js'

const FOLDER = 'ietf-status-list'

interface Case {
  readonly name: string
  readonly bits: number
  /** Of the large ones. */
  readonly size?: number
  readonly status: Readonly<Record<string, number>>
  readonly lst: string
}

const file = hasVectors ? vectorJson(`${FOLDER}/cases.json`) : { cases: [], statuslist_jwt: '' }
const CASES = (file.cases as readonly Case[]).map((one) => [one.name, one] as const)

/** The small examples of the text: a list, in bytes and encoded. */
const SMALL = [
  ['status_list_encoding_json.md', 1],
  ['status_list_encoding2_json.md', 2],
] as const

const bytesOf = async (lst: string): Promise<Uint8Array> => {
  const decoded = await decodeTokenList(lst)
  if (!decoded.ok) throw new Error(decoded.code)
  return decoded.bytes
}

describe.runIf(hasVectors)('Token Status List: examples of the draft', () => {
  const score = keepScore(`${FOLDER} (JWT; CWT out of scope)`, {
    lists: CASES.length,
    'lists byte by byte': SMALL.length,
    tokens: 1,
  })

  it.each(CASES)('%s: every entry, and the same list written again', async (_, { bits, size, status, lst }) => {
    const bytes = await bytesOf(lst)
    const entries = (bytes.length * 8) / bits
    expect(entries).toBe(size ?? entries)
    const wrong = [...Array(entries).keys()].filter(
      (index) => getTokenEntry(bytes, index, bits) !== (status[index] ?? 0),
    )
    expect(wrong).toEqual([])
    const again = new Uint8Array(bytes.length)
    for (const [index, value] of Object.entries(status)) setTokenEntry(again, Number(index), bits, value)
    expect(Buffer.from(again).equals(bytes)).toBe(true)
    expect(Buffer.from(await bytesOf(await encodeTokenList(again))).equals(bytes)).toBe(true)
    score.held('lists')
  })

  it.each(SMALL)('%s', async (name, bits) => {
    const text = vectorFile(`${FOLDER}/examples/${name}`)
    const bytes = Uint8Array.from(text.match(/0x[0-9a-f]{2}/g) ?? [], Number)
    const { lst } = JSON.parse(text.slice(text.indexOf('{')))
    expect([...(await bytesOf(lst))]).toEqual([...bytes])
    const first = bits === 1 ? [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1] : [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]
    expect(first.map((_, index) => getTokenEntry(bytes, index, bits))).toEqual(first)
    score.held('lists byte by byte')
  })

  it('the example token is read', () => {
    const token = readListToken(file.statuslist_jwt.replace(/\s/g, ''))
    expect(token).toMatchObject({
      url: 'https://example.com/statuslists/1',
      issuer: 'https://example.com',
      claims: { ttl: 43_200, status_list: { bits: 1, lst: 'eNrbuRgAAhcBXQ' } },
    })
    score.held('tokens')
  })
})
