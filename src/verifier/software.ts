/** What made a report. A test keeps the version that of the package. */
export const SOFTWARE = { name: 'staff-passport', version: '0.1.0' } as const
