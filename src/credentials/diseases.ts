/** The diseases of staff immunisation, by SNOMED CT code. */
export const DISEASES: Readonly<Record<string, string>> = {
  '38907003': 'Varicella',
  '56717001': 'Tuberculosis',
  '66071002': 'Type B viral hepatitis',
  '14189004': 'Measles',
  '36989005': 'Mumps',
  '36653000': 'Rubella',
  '27836007': 'Pertussis',
  '840539006': 'Disease caused by severe acute respiratory syndrome coronavirus 2',
  '6142004': 'Influenza',
}

/** SNOMED CT codes by their plain English names. */
export const DISEASE = {
  varicella: '38907003',
  tuberculosis: '56717001',
  hepatitisB: '66071002',
  measles: '14189004',
  mumps: '36989005',
  rubella: '36653000',
  pertussis: '27836007',
  covid19: '840539006',
  influenza: '6142004',
} as const
