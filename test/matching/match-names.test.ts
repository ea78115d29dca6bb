import { doubleMetaphone } from 'double-metaphone'
import { distance } from 'fastest-levenshtein'
import { describe, expect, it } from 'vitest'
import { matchNames, similarity, soundsTheSame } from '../../src/matching/match-names.js'
import { matchPerson } from '../../src/matching/match-person.js'

describe('the algorithms, by published examples', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['Saturday', 'Sunday', 3],
    ['flaw', 'lawn', 2],
    ['gumbo', 'gambol', 2],
    ['', 'abc', 3],
  ])('Levenshtein: %s, %s', (a, b, expected) => expect(distance(a, b)).toBe(expected))

  // Smith and Schmidt are the usual examples of why there are two codes; the others are from the library's own page.
  it.each([
    ['Smith', 'SM0', 'XMT'],
    ['Schmidt', 'XMT', 'SMT'],
    ['michael', 'MKL', 'MXL'],
    ['crevalle', 'KRFL', 'KRF'],
    ['Filipowitz', 'FLPTS', 'FLPFX'],
    ['Xavier', 'SF', 'SFR'],
    ['delicious', 'TLSS', 'TLXS'],
    ['allegrettos', 'ALKRTS', 'AKRTS'],
  ])('Double Metaphone: %s', (word, first, second) => expect(doubleMetaphone(word)).toEqual([first, second]))

  it.each([
    ['Catherine', 'Katherine', true],
    ['Smith', 'Smyth', true],
    ['Philip', 'Filip', true],
    ['Smith', 'Jones', false],
    ['王', '李', false],
    ['', '', false],
  ])('%s sounds like %s: %s', (a, b, expected) => expect(soundsTheSame(a, b)).toBe(expected))

  it('counts similarity from 0 to 1', () => {
    expect(similarity('abc', 'abc')).toBe(1)
    expect(similarity('abc', 'xyz')).toBe(0)
    expect(similarity('abcde', 'abcdx')).toBeCloseTo(0.8)
  })
})

describe('names that are similar', () => {
  it.each([
    ['the same', 'Anna', 'Anna'],
    ['another case', 'ANNA', 'anna'],
    ['one letter of five', 'Jamie', 'Jamis'],
    ['another spelling of the same sound', 'Catherine', 'Kathryn'],
    ['a second forename on one side', 'Anna Maria', 'Anna'],
    ['hyphen or space', 'Anna-Maria', 'Anna Maria'],
    ['another order', 'Maria Anna', 'Anna Maria'],
    ['an accent, composed or not', 'Zo\u00eb', 'Zoe\u0308'],
    ['an accent left out, of the same sound', 'Zoë', 'Zoe'],
    ['a double surname on one side', 'Jones-Smith', 'Smith'],
    ['space around it', ' Anna ', 'Anna'],
    ['letters without a sound code, the same', '王', '王'],
  ])('%s', (_, a, b) => {
    expect(matchNames(a, b, 'similar')).toBe(true)
    expect(matchNames(b, a, 'similar')).toBe(true)
  })
})

describe('names that are not similar', () => {
  it.each([
    ['another name', 'Anna', 'Brian'],
    ['less than four fifths, another sound', 'Anna', 'Anka'],
    ['the same sound, less than half', 'Wu', 'Hugh'],
    ['another second part', 'Anna Maria', 'Anna Brian'],
    ['one part for two', 'Anna Anna', 'Anna Brian'],
    ['nothing', '', 'Anna'],
    ['nothing at all', '', ''],
    ['only separators', ' - ', 'Anna'],
    ['letters without a sound code, others', '王', '李'],
    ['too many parts', 'a '.repeat(13), 'a'],
    ['too long', 'a'.repeat(201), 'a'.repeat(201)],
  ])('%s', (_, a, b) => {
    expect(matchNames(a, b, 'similar')).toBe(false)
    expect(matchNames(b, a, 'similar')).toBe(false)
  })
})

describe('names that are to be equal', () => {
  it.each([
    ['Anna', 'ANNA', true],
    ['Zo\u00eb', 'ZOE\u0308', true],
    ['Anna', 'Annas', false],
    ['Anna Maria', 'Anna-Maria', false],
    ['Anna Maria', 'Anna', false],
    ['', '', false],
  ])('%s, %s: %s', (a, b, expected) => expect(matchNames(a, b, 'equal')).toBe(expected))
})

describe('a person', () => {
  const ours = { legalFirstName: 'Anna', legalSurname: 'Jones-Smith', birthDate: '1990-04-01' }
  it.each([
    ['the same', {}, true],
    ['a similar first name', { legalFirstName: 'Ana' }, true],
    ['another first name', { legalFirstName: 'Brian' }, false],
    ['another surname', { legalSurname: 'Brown' }, false],
    ['a birth date one day off', { birthDate: '1990-04-02' }, false],
  ])('%s', (_, change, expected) => expect(matchPerson(ours, { ...ours, ...change }, 'similar')).toBe(expected))

  it('needs a birth date on both sides where names may be similar', () => {
    const { birthDate: _birthDate, ...undated } = ours
    expect(matchPerson(undated, ours, 'similar')).toBe(false)
    expect(matchPerson(ours, undated, 'similar')).toBe(false)
  })

  it('may lack a birth date in the source system where names are equal, and is held to it where there is one', () => {
    const { birthDate: _birthDate, ...undated } = ours
    expect(matchPerson(undated, ours, 'equal')).toBe(true)
    expect(matchPerson(ours, undated, 'equal')).toBe(false)
  })
})
