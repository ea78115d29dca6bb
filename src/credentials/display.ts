import type { DisplayData } from './define.js'
import { DISPLAY } from './generated/display.js'
import { CREDENTIAL_ROWS, type CredentialTypeName } from './rows.js'

/** A text in English and in Welsh. */
export interface Bilingual {
  readonly en: string
  readonly cy: string
}

/** How a wallet shows a claim. */
export interface ClaimDisplay {
  /** Where it stands, below the subject. */
  readonly path: readonly string[]
  readonly label: Bilingual
  readonly mandatory: boolean
}

/** How a wallet shows a type. */
export interface TypeDisplay {
  readonly name: Bilingual
  readonly description: Bilingual
  readonly claims: readonly ClaimDisplay[]
  readonly card: { readonly backgroundColour: string; readonly textColour: string }
}

// From the NHS identity palette, dark enough for white text.
const BLUE = '#005EB8'
const DARK_BLUE = '#003087'
const GREEN = '#006747'
const PURPLE = '#330072'
const PINK = '#7C2855'
const GREY = '#425563'

const CARDS: Readonly<Record<CredentialTypeName, string>> = {
  Identity: DARK_BLUE,
  PersonalDetails: DARK_BLUE,
  NewStarterInformation: DARK_BLUE,
  RightToWork: BLUE,
  DbsSupportingInformation: BLUE,
  DisclosureAndBarringService: BLUE,
  ProfessionalRegistration: PURPLE,
  EmploymentHistory: GREY,
  CoreSkill: GREEN,
  OccupationalHealth: PINK,
  Immunisation: PINK,
  Tuberculosis: PINK,
  Varicella: PINK,
  EmploymentAssignment: GREY,
  TemporaryPlacement: GREY,
  TrainingProgramme: GREEN,
  TrainingPlacement: GREEN,
  AccessKey: GREY,
  Covid19StaffPassport: BLUE,
}

const bilingual = ([en, cy]: DisplayData['name']): Bilingual => ({ en, cy })
const WHITE = '#FFFFFF'
const NOTHING: DisplayData = { name: ['', ''], description: ['', ''], claims: [] }

/**
 * How a wallet shows a type: its name, what it is, its claims, and the colours of its card, in English and in Welsh. The
 * Welsh is ours.
 *
 * ```ts
 * import { displayOf } from 'staff-passport'
 *
 * const { name, card } = displayOf('RightToWork')
 * console.log(name.cy, card.backgroundColour)
 * ```
 */
export const displayOf = (type: CredentialTypeName): TypeDisplay => {
  const { name, description, claims } = DISPLAY[type] ?? NOTHING
  const { claimsKey } = CREDENTIAL_ROWS[type]
  return {
    name: bilingual(name),
    description: bilingual(description),
    claims: claims.map(([claim, en, cy, mandatory]) => ({
      path: [claimsKey, claim],
      label: { en, cy },
      mandatory: mandatory === 1,
    })),
    card: { backgroundColour: CARDS[type], textColour: WHITE },
  }
}
