import type { JsonObject } from '../../core/json.js'

/** One person's record, as an HR system exports it. Everybody in it is invented. */
export interface HrRecord {
  readonly personId: string
  readonly firstName: string
  readonly lastName: string
  readonly birthDate: string
  readonly nationality: string
  readonly address: {
    readonly line1: string
    readonly town: string
    readonly postcode: string
    readonly country: string
  }
  readonly email: string
  readonly passportExpiry: string
  readonly registration: { readonly body: string; readonly number: string; readonly from: string }
  readonly disclosure: { readonly number: string; readonly issued: string; readonly seen: string }
  readonly assignment: {
    readonly number: string
    readonly role: string
    readonly start: string
    readonly department: string
  }
  /** ESR competences: name, award, years until renewal. */
  readonly competences: readonly (readonly [
    subject: string,
    level: string | undefined,
    awarded: string,
    years: number | undefined,
  ])[]
  /** SNOMED CT code of the disease, and the dates of the doses. */
  readonly immunisations: readonly (readonly [diseases: readonly string[], doses: readonly string[]])[]
  readonly clearance: string
}

/** The sample extract, with dates counted from today. */
export const sampleRecord = (ago: (months: number) => string): HrRecord => ({
  personId: '30679710',
  firstName: 'Ŵyn',
  lastName: 'O’Example-Testwell',
  birthDate: '1990-02-28',
  nationality: 'British',
  address: { line1: '1 Example Street', town: 'Northfield', postcode: 'NX1 1AA', country: 'United Kingdom' },
  email: 'wyn.testwell@northfield.example',
  passportExpiry: ago(-40),
  registration: { body: 'GMC', number: '9999999', from: ago(120) },
  disclosure: { number: '001234567890', issued: ago(14), seen: ago(13) },
  assignment: { number: '30679710', role: 'Specialty Registrar', start: ago(18), department: 'Elderly Care' },
  competences: [
    ['Conflict resolution', undefined, ago(8), 3],
    ['Equality diversity and human rights', undefined, ago(8), 3],
    ['Fire safety', undefined, ago(5), 2],
    ['Health safety and welfare', undefined, ago(8), 3],
    ['Infection prevention and control', '1', ago(8), 3],
    ['Infection prevention and control', '2', ago(4), 1],
    ['Information governance and data security', undefined, ago(3), 1],
    ['Moving and handling', '1', ago(8), 3],
    ['Moving and handling', '2', ago(8), undefined],
    ['Preventing radicalisation basic prevent awareness', undefined, ago(9), 3],
    ['Resuscitation adult immediate life support', '3', ago(6), 1],
    ['Resuscitation paediatric basic life support', '2', ago(6), 1],
    ['Safeguarding adults', '1', ago(7), 3],
    ['Safeguarding adults', '2', ago(7), 3],
    ['Safeguarding children', '1', ago(7), 3],
    ['Safeguarding children', '2', ago(7), 3],
    ['Safeguarding children', '3', ago(7), 3],
  ],
  immunisations: [
    [['66071002'], [ago(90), ago(89), ago(84)]],
    [
      ['14189004', '36989005', '36653000'],
      [ago(300), ago(280)],
    ],
    [['27836007'], [ago(20)]],
    [['840539006'], [ago(13)]],
    [['6142004'], [ago(2)]],
  ],
  clearance: ago(15),
})

/** What an issuance needs beside the type. */
export interface Draft {
  readonly type: string
  readonly claims: JsonObject
  readonly assurance?: JsonObject
}
