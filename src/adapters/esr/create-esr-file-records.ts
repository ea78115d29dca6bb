import type { CredentialTypeName } from '../../credentials/rows.js'
import type { RecordSystem } from '../../systems/record-system.js'
import type { GenericOutboundFiles } from './index/open-generic-outbound.js'
import { type EsrMappingOptions, personOfStaff, recordsOfStaff } from './map-records.js'
import { asDocument } from './rest/resources.js'

/** What ESR's files need to be a system that can be asked. */
export interface EsrFileOptions extends EsrMappingOptions {
  readonly files: GenericOutboundFiles
  /** The day (`YYYY-MM-DD`) that the files are of: nothing is answered as of now. */
  readonly on: string
}

const PROVIDES: readonly CredentialTypeName[] = ['EmploymentAssignment', 'CoreSkill', 'PersonalDetails']

/**
 * ESR's Generic Outbound files as a system to provide credentials from: people by their assignment number, with their
 * assignments, core skills and personal details, and with professional registrations where you look them up in the live
 * register. A record that lacks what its type needs is left out, and reported. Files take nothing back, and tell of no changes:
 * open the next ones.
 */
export const createEsrFileRecords = (options: EsrFileOptions): RecordSystem => {
  const { files, on, registerCheck } = options
  return {
    portVersion: 1,
    name: 'ESR files',
    capabilities: {
      provides: registerCheck ? [...PROVIDES, 'ProfessionalRegistration'] : PROVIDES,
      receives: [],
      findsByName: false,
      findsByReference: true,
      notifies: false,
    },
    find: async (search) => {
      const found = 'reference' in search ? await files.byAssignmentNumber(search.reference, on) : undefined
      return found && 'reference' in search ? [personOfStaff(found, search.reference)] : []
    },
    read: async (personId, types) => {
      const staff = await files.byPerson(personId, on)
      return staff && recordsOfStaff(asDocument(staff), types, on, options)
    },
    add: async () => ({ outcome: 'notAdded', reason: 'notReceived' }),
    changes: async function* () {
      // Files hold what is, and not what became of it.
    },
  }
}
