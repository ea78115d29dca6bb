/** How often a comparison comes out so: among pairs that are one person (m), and among pairs that are two (u). */
export interface Likelihood {
  readonly m: number
  readonly u: number
}

/**
 * The model: for each field, how it can compare, and how much that says. `u` follows from how common values are: about one in
 * two hundred share a first name, one in three hundred a surname, one in sixteen thousand a birth date. `m` is how often records
 * of one person agree so: an assumption, from what is known of typing errors, marriages and moves. What is missing says nothing.
 */
export const LIKELIHOODS = {
  firstName: {
    equal: { m: 0.8, u: 0.005 },
    nickname: { m: 0.05, u: 0.001 },
    similar: { m: 0.08, u: 0.01 },
    initial: { m: 0.02, u: 0.04 },
    different: { m: 0.05, u: 0.944 },
  },
  lastName: {
    equal: { m: 0.85, u: 0.003 },
    previous: { m: 0.05, u: 0.0005 },
    part: { m: 0.02, u: 0.0005 },
    similar: { m: 0.04, u: 0.008 },
    different: { m: 0.04, u: 0.988 },
  },
  // First and last name in each other's place: it stands for both.
  names: { swapped: { m: 0.01, u: 0.000_01 } },
  birthDate: {
    equal: { m: 0.95, u: 0.000_06 },
    swapped: { m: 0.015, u: 0.000_06 },
    oneDigit: { m: 0.02, u: 0.0005 },
    different: { m: 0.015, u: 0.999 },
  },
  nationalInsuranceNumber: {
    equal: { m: 0.97, u: 0.000_001 },
    oneCharacter: { m: 0.02, u: 0.000_02 },
    different: { m: 0.01, u: 0.999_98 },
  },
  registration: {
    equal: { m: 0.98, u: 0.000_01 },
    oneCharacter: { m: 0.01, u: 0.000_1 },
    different: { m: 0.01, u: 0.999_9 },
  },
  email: { equal: { m: 0.6, u: 0.000_02 }, different: { m: 0.4, u: 0.999_98 } },
  postcode: {
    equal: { m: 0.6, u: 0.0003 },
    outward: { m: 0.12, u: 0.005 },
    different: { m: 0.28, u: 0.9947 },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Likelihood>>>>

/** A field that is compared. */
export type MatchedField = keyof typeof LIKELIHOODS

const WEIGHTS = Object.fromEntries(
  Object.entries(LIKELIHOODS).map(([field, levels]) => [
    field,
    Object.fromEntries(Object.entries(levels).map(([level, { m, u }]) => [level, Math.log2(m / u)])),
  ]),
) as Readonly<Record<string, Readonly<Record<string, number>>>>

/** What a comparison says, in bits: how much likelier it is among pairs that are one person. */
export const weightOf = (field: MatchedField, level: string): number => WEIGHTS[field]?.[level] ?? 0
