import { CREDENTIAL_ROWS, type CredentialTypeName } from './rows.js'

/** A text in English and in Welsh. */
export interface Bilingual {
  readonly en: string
  readonly cy: string
}

/** How a wallet shows a type. */
export interface TypeDisplay {
  readonly name: Bilingual
  readonly description: Bilingual
  /** Its claims: where they stand below the subject, and what they are called. */
  readonly claims: readonly {
    readonly path: readonly string[]
    readonly label: Bilingual
    readonly mandatory: boolean
  }[]
  readonly card: { readonly backgroundColour: string; readonly textColour: string }
}

const NHS_BLUE = '#005EB8'
const WHITE = '#FFFFFF'

/** How a wallet shows a type. */
export const displayOf = (type: CredentialTypeName): TypeDisplay => {
  const { label } = CREDENTIAL_ROWS[type]
  const name = { en: label, cy: label }
  return { name, description: name, claims: [], card: { backgroundColour: NHS_BLUE, textColour: WHITE } }
}
