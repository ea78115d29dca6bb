import { fixedClock } from '../../core/clock.js'
import { type ClaimFault, ClaimsError } from '../../core/errors.js'
import { newCredentialId } from '../../core/ids.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import { composeCredential, digestOf } from '../../issuer/compose.js'
import type { IssueRequest } from '../../issuer/issuer.js'
import { prepareCredential } from '../../issuer/prepare.js'
import type { StatusIndex } from '../../ports/status-list-store.js'
import { columnOf, mapRow } from '../csv/map-row.js'
import { linesOf, pack, unpack } from '../message.js'
import type { RowFault } from '../rows.js'
import type { IssuingSetup } from './issuing-setup.js'
import type { OpenWork } from './work.js'

/** Asks for rows to be looked at and put together; each line is a request, or the cells of a row, as JSON. */
export interface PrepareHead {
  readonly now: number
  /** One for each row; absent for a dry run, which puts nothing together that could be signed. */
  readonly places?: readonly (readonly StatusIndex[])[]
}

/** What came of a row. Each sound one has a line, unless the run is dry: a composition as JSON. */
export type PreparedRow =
  | { readonly id: string; readonly digest: string; readonly warnings: readonly RowFault[] }
  | { readonly faults: readonly RowFault[]; readonly warnings: readonly RowFault[] }

interface Looked {
  readonly row: PreparedRow
  readonly line?: string
}

type Request = IssueRequest<CredentialTypeName>

const withColumns =
  ({ map }: IssuingSetup) =>
  (fault: ClaimFault): RowFault => {
    const column = map && columnOf(map, fault.path)
    return column === undefined ? fault : { ...fault, column }
  }

const refused = (faults: readonly RowFault[], warnings: readonly RowFault[] = []): Looked => ({
  row: { faults, warnings },
})

const compose = (setup: IssuingSetup, request: Request, now: number, places?: readonly StatusIndex[]): Looked => {
  const { type, issuer, statusUrl } = setup
  const prepared = prepareCredential({ ...issuer, clock: fixedClock(new Date(now)) }, type, request)
  const warnings = prepared.warnings.map(withColumns(setup))
  if (prepared.faults.length > 0) return refused(prepared.faults.map(withColumns(setup)), warnings)
  const id = newCredentialId()
  const where = statusUrl === undefined ? {} : { statusUrl }
  const composition = composeCredential(prepared, { issuer, id, statusIndices: places ?? [], ...where })
  const row = { id, digest: digestOf(composition.document), warnings }
  return places ? { row, line: JSON.stringify(composition) } : { row }
}

const look = (setup: IssuingSetup, text: string, now: number, places?: readonly StatusIndex[]): Looked => {
  const given: readonly string[] | Request = JSON.parse(text)
  const mapped = Array.isArray(given) && setup.map ? mapRow(setup.map, given) : { request: given as Request }
  if ('faults' in mapped) return refused(mapped.faults)
  try {
    return compose(setup, mapped.request, now, places)
  } catch (error) {
    if (error instanceof ClaimsError) return refused(error.faults.map(withColumns(setup)))
    throw error
  }
}

/** Looks at rows, and puts together the credentials of those that are sound. */
export const openPrepareRows: OpenWork = async (text) => {
  const setup: IssuingSetup = JSON.parse(text)
  return async (batch) => {
    const { head, body } = unpack<PrepareHead>(batch)
    const looked = linesOf(body).map((line, row) => look(setup, line, head.now, head.places?.[row]))
    return pack(
      looked.map(({ row }) => row),
      looked.flatMap(({ line }) => line ?? []),
    )
  }
}
