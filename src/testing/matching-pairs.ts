import type { PersonRecord } from '../matching/match-records.js'

/** Two records, and whether they are one person. */
export interface LabelledPair {
  readonly a: PersonRecord
  readonly b: PersonRecord
  readonly isOne: boolean
  /** What was done to them, such as `marriage` or `twins`. */
  readonly kind: string
}

// Plainly fictional people of many naming patterns: the lists are common names, put together at random.
const FIRST = (
  'Aisha Alexander Amara Amit Andrew Anna Anthony Barbara Benjamin Blessing Bronwen Catherine Charlotte Chen Chidi Christopher Cian ' +
  'Daniel David Deborah Dewi Eleanor Elizabeth Emeka Emily Ewa Fatima Frances Gareth Geoffrey Grace Gwendolen Hannah Harpreet Hassan ' +
  'Helen Imran Ines Ioana Isabella Jacqueline James Jasmine Jennifer Jerome John Jose Joseph Joshua Katarzyna Kemi Kenneth Kwame Layla ' +
  'Leila Lucy Luis Manuel Margaret Maria Marek Mary Matthew Mei Michael Michelle Mohammed Monika Nadia Ngozi Nicholas Nicola Noor Oliver ' +
  'Olumide Oluwaseun Patricia Patrick Pavel Peter Philip Piotr Priya Rajesh Rebecca Richard Robert Rosa Ruth Samuel Sarah Sean Seren ' +
  'Siobhan Sofia Stephen Susan Tamsin Thandiwe Thomas Timothy Uma Usman Victoria Wei William Xin Yasmin Yusuf Zainab Zofia Zoltan'
).split(' ')
const LAST = (
  'Abara Abdi Acheampong Adeyemi Ahmed Akhtar Ali Allen Andrews Bailey Banerjee Barker Begum Bennett Bevan Bianchi Blake Brown Byrne ' +
  'Campbell Carter Chatterjee Chaudhry Clarke Cohen Collins Cooper Costa Cruz Daniels Davies Dhillon Diaz Dixon Doyle Edwards Eke Ellis ' +
  'Evans Farrell Fernandes Fisher Foster Garcia Gill Gonzalez Gordon Graham Green Griffiths Gupta Hall Harris Hassan Hayes Hill Howells ' +
  'Hughes Hussain Ibrahim Iqbal Ivanov Jackson James Jenkins Johnson Jones Joshi Kaminski Kapoor Kaur Kelly Khan Kowalski Kumar Lam Lee ' +
  'Lewis Lim Llewellyn Lopez Mahmood Malik Marsh Martin Mensah Mills Mitchell Morgan Morris Murphy Nair Nguyen Novak Nowak Nwosu Obi ' +
  'Okafor Okoro Oladipo Owen Owusu Park Parry Patel Pereira Phillips Popescu Powell Price Pritchard Quinn Rahman Ramos Rao Rees Reid ' +
  'Reyes Roberts Robinson Rogers Rossi Ryan Santos Scott Shah Sharma Shaw Silva Singh Smith Stewart Sullivan Szabo Tan Taylor Thomas ' +
  'Thompson Tran Turner Vaughan Walker Wang Ward Watkins Watson White Williams Wilson Wong Wood Wright Yadav Yilmaz Young Zhang'
).split(' ')
const AREAS = 'NX AX BX CX DX EX FX GX HX KX LX MX'.split(' ')
const NICKNAMES: Readonly<Record<string, string>> = {
  Alexander: 'Alex',
  Andrew: 'Andy',
  Anthony: 'Tony',
  Benjamin: 'Ben',
  Catherine: 'Kate',
  Christopher: 'Chris',
  Daniel: 'Dan',
  David: 'Dave',
  Deborah: 'Debbie',
  Elizabeth: 'Liz',
  Gwendolen: 'Gwen',
  James: 'Jim',
  Jennifer: 'Jenny',
  Joseph: 'Joe',
  Kenneth: 'Ken',
  Margaret: 'Maggie',
  Matthew: 'Matt',
  Michael: 'Mike',
  Nicholas: 'Nick',
  Patricia: 'Pat',
  Philip: 'Phil',
  Rebecca: 'Becky',
  Richard: 'Rick',
  Robert: 'Bob',
  Samuel: 'Sam',
  Stephen: 'Steve',
  Susan: 'Sue',
  Thomas: 'Tom',
  Timothy: 'Tim',
  Victoria: 'Vicky',
  William: 'Bill',
}
const KEYS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const INSURANCE_LETTERS = 'ABCEGHJKLMNPRSTWXYZ'

interface Random {
  (): number
  pick<Item>(items: readonly Item[]): Item
  below(limit: number): number
}

const randomOf = (seed: number): Random => {
  let state = seed >>> 0
  // Mulberry32.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return Object.assign(next, {
    below,
    pick: <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item,
  })
}

const twoDigits = (number: number): string => String(number).padStart(2, '0')

const newDate = (random: Random): string =>
  `${1955 + random.below(50)}-${twoDigits(1 + random.below(12))}-${twoDigits(1 + random.below(28))}`

const newPostcode = (random: Random): string =>
  `${random.pick(AREAS)}${1 + random.below(30)} ${random.below(10)}${random.pick([...'ABDEFGHJLNPQ'])}${random.pick([...'ABDEFGHJLNPQ'])}`

const newInsurance = (random: Random): string => {
  const letter = (): string => random.pick([...INSURANCE_LETTERS])
  return `${letter()}${letter()}${String(random.below(1_000_000)).padStart(6, '0')}${random.pick(['A', 'B', 'C', 'D'])}`
}

const newLast = (random: Random): string =>
  random() < 0.06 ? `${random.pick(LAST)}-${random.pick(LAST)}` : random.pick(LAST)

type Person = { -readonly [Name in keyof PersonRecord]: PersonRecord[Name] }

const newPerson = (random: Random): Person => {
  const [firstName, lastName] = [random.pick(FIRST), newLast(random)]
  return {
    firstName: random() < 0.25 ? `${firstName} ${random.pick(FIRST)}` : firstName,
    lastName,
    birthDate: newDate(random),
    nationalInsuranceNumber: newInsurance(random),
    registrations: [{ body: 'NMC', number: `${twoDigits(random.below(100))}A${1000 + random.below(9000)}E` }],
    email: `${firstName}.${lastName}${random.below(1_000)}@example.org`.toLowerCase(),
    postcode: newPostcode(random),
  }
}

const typo = (random: Random, text: string): string => {
  if (text.length < 4) return text
  const at = 1 + random.below(text.length - 2)
  const [letter = ''] = text[at] ?? ''
  const row = KEYS.find((keys) => keys.includes(letter.toLowerCase())) ?? 'aeiou'
  const near = row[Math.max(0, row.indexOf(letter.toLowerCase()) + (random() < 0.5 ? -1 : 1))] ?? 'e'
  const ways = [
    text.slice(0, at) + near + text.slice(at + 1),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + letter + text.slice(at),
    text.slice(0, at) + (text[at + 1] ?? '') + letter + text.slice(at + 2),
  ]
  return random.pick(ways)
}

type Change = (random: Random, person: Person) => void

/** What happens to somebody's record from one system to the next. */
const CHANGES: Readonly<Record<string, Change>> = {
  nothing: () => {},
  typoInFirstName: (random, one) => {
    one.firstName = typo(random, one.firstName)
  },
  typoInLastName: (random, one) => {
    one.lastName = typo(random, one.lastName)
  },
  nickname: (_, one) => {
    const [first = ''] = one.firstName.split(' ')
    one.firstName = NICKNAMES[first] ?? first
  },
  noMiddleName: (_, one) => {
    one.firstName = one.firstName.split(' ')[0] ?? one.firstName
  },
  marriage: (random, one) => {
    if (random() < 0.6) one.previousLastNames = [one.lastName]
    one.lastName = newLast(random)
    if (random() < 0.5) one.postcode = newPostcode(random)
  },
  doubleBarrelled: (random, one) => {
    one.lastName = `${one.lastName}-${random.pick(LAST)}`
  },
  swappedNames: (_, one) => {
    ;[one.firstName, one.lastName] = [one.lastName, one.firstName.split(' ')[0] ?? one.firstName]
  },
  swappedDate: (_, one) => {
    const [year, month, day] = (one.birthDate ?? '').split('-')
    if (Number(day) <= 12) one.birthDate = `${year}-${day}-${month}`
  },
  digitInDate: (random, one) => {
    const date = one.birthDate ?? ''
    one.birthDate = date.slice(0, 3) + String(random.below(10)) + date.slice(4)
  },
  moved: (random, one) => {
    one.postcode = newPostcode(random)
    one.email = `${one.email?.split('@')[0]}@nhs.example`
  },
  upperCase: (_, one) => {
    one.firstName = one.firstName.toUpperCase()
    one.lastName = one.lastName.toUpperCase()
  },
}
const KINDS = Object.keys(CHANGES)

// No system has everything.
const withGaps = (random: Random, person: Person): PersonRecord => {
  const kept: Person = { ...person }
  if (random() < 0.3) delete kept.nationalInsuranceNumber
  if (random() < 0.5) delete kept.registrations
  if (random() < 0.3) delete kept.email
  if (random() < 0.2) delete kept.postcode
  return kept
}

const onePerson = (random: Random): LabelledPair => {
  const person = newPerson(random)
  const changed: Person = { ...person }
  const kind = random.pick(KINDS)
  CHANGES[kind]?.(random, changed)
  return { a: withGaps(random, person), b: withGaps(random, changed), isOne: true, kind }
}

/** Two people who have something in common. */
const RELATIONS: Readonly<Record<string, Change>> = {
  sameLastName: () => {},
  sameBirthDate: () => {},
  namesakes: () => {},
  twins: () => {},
  fatherAndSon: () => {},
}

const twoPeople = (random: Random): LabelledPair => {
  const [a, b] = [newPerson(random), newPerson(random)]
  const kind = random.pick(Object.keys(RELATIONS))
  const [first = ''] = a.firstName.split(' ')
  if (kind !== 'sameBirthDate') b.lastName = a.lastName
  if (kind === 'sameBirthDate' || kind === 'twins') b.birthDate = a.birthDate ?? ''
  if (kind === 'namesakes' || kind === 'fatherAndSon') b.firstName = a.firstName
  if (kind === 'twins' || kind === 'fatherAndSon')
    Object.assign(b, { postcode: a.postcode, email: random() < 0.5 ? a.email : b.email })
  while (kind === 'twins' && b.firstName.split(' ')[0] === first) b.firstName = random.pick(FIRST)
  while (kind === 'fatherAndSon' && a.birthDate?.slice(0, 3) === b.birthDate?.slice(0, 3)) b.birthDate = newDate(random)
  return { a: withGaps(random, a), b: withGaps(random, b), isOne: false, kind }
}

/**
 * Labelled pairs of records of fictional people, half of them one person: with typing errors, nicknames, marriages, swapped names and
 * days, moves, gaps; and twins, namesakes, fathers and sons, people who share a surname or a birth date. The same seed gives the
 * same pairs.
 */
export const matchingPairs = (seed: number, count: number): readonly LabelledPair[] => {
  const random = randomOf(seed)
  return Array.from({ length: count }, (_, at) => (at % 2 === 0 ? onePerson(random) : twoPeople(random)))
}
