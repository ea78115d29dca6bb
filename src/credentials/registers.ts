/** A professional body, and how it writes its numbers. */
export interface ProfessionalBody {
  /** Names it goes by, without case. */
  readonly names: readonly string[]
  /** The form of its numbers, where it is published. */
  readonly number?: RegExp
  /** Parts of its register whose numbers have another form, which is not published. */
  readonly otherwiseIn?: RegExp
}

/** The bodies that we know. Another body is accepted by its name. */
const PROFESSIONAL_BODIES: readonly ProfessionalBody[] = [
  // Seven digits; associates A and seven.
  { names: ['gmc', 'general medical council'], number: /^(?:\d{7}|A\d{7})$/ },
  { names: ['nmc', 'nursing and midwifery council'], number: /^\d{2}[A-Z]\d{4}[A-Z]$/ },
  { names: ['gphc', 'general pharmaceutical council'], number: /^\d{7}$/ },
  { names: ['goc', 'general optical council'], number: /^\d{2}-\d{5}$/, otherwiseIn: /dispensing|student/i },
  { names: ['gdc', 'general dental council'], number: /^\d{4,6}$/ },
  // The letters of the profession and one to six digits, never padded.
  {
    names: ['hcpc', 'health and care professions council'],
    number: /^(?:AS|BS|CH|CS|DT|HAD|ODP|OR|OT|PA|PH|PO|PYL|RA|SL)[1-9]\d{0,5}$/,
  },
  { names: ['gosc', 'general osteopathic council'] },
  { names: ['gcc', 'general chiropractic council'] },
  { names: ['psni', 'pharmaceutical society of northern ireland'] },
  { names: ['social work england'] },
]

/** The body of this name, if it is one that we know. */
export const professionalBody = (name: string): ProfessionalBody | undefined =>
  PROFESSIONAL_BODIES.find(({ names }) => names.includes(name.trim().toLowerCase()))
