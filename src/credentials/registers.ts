/** A professional body, and how it writes its numbers. */
export interface ProfessionalBody {
  /** Names it goes by, without case. */
  readonly names: readonly string[]
  readonly number?: RegExp
  readonly form?: string
}

/** The bodies whose numbers have a known form. Another body is accepted by its name. */
const PROFESSIONAL_BODIES: readonly ProfessionalBody[] = [
  {
    names: ['gmc', 'general medical council'],
    number: /^(?:\d{7}|A\d{7})$/,
    form: 'seven digits; associates A and seven digits',
  },
  {
    names: ['nmc', 'nursing and midwifery council'],
    number: /^\d{2}[A-Z]\d{4}[A-Z]$/,
    form: 'two digits, a letter, four digits and a letter',
  },
  { names: ['gphc', 'general pharmaceutical council'], number: /^\d{7}$/, form: 'seven digits' },
  {
    names: ['goc', 'general optical council'],
    number: /^(?:\d{2}-\d{5}|D-?\d{4,6}|SO-?\d{4,6}|SD-?\d{4,6})$/,
    form: 'NN-NNNNN; dispensing opticians and students D, SO or SD and digits',
  },
  { names: ['gdc', 'general dental council'], number: /^\d{4,6}$/, form: 'four to six digits' },
  {
    names: ['hcpc', 'health and care professions council'],
    number: /^(?:AS|BS|CH|CS|DT|HAD|ODP|OR|OT|PA|PH|PO|PYL|RA|SL)[1-9]\d{0,5}$/,
    form: 'the letters of the profession and one to six digits, without leading zeros',
  },
  { names: ['gosc', 'general osteopathic council'] },
  { names: ['gcc', 'general chiropractic council'] },
  { names: ['psni', 'pharmaceutical society of northern ireland'] },
  { names: ['social work england'] },
]

/** The body of this name, if it is one whose numbers we know. */
export const professionalBody = (name: string): ProfessionalBody | undefined =>
  PROFESSIONAL_BODIES.find(({ names }) => names.includes(name.trim().toLowerCase()))
