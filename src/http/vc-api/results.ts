import { asArray, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import type { CheckName, CheckResult } from '../../core/outcome.js'
import type { CredentialReport, PresentationReport, Report } from '../../verifier/report.js'

const holds = ({ outcome }: CheckResult): boolean => outcome === 'passed'

const CHECK_OF = { validFrom: 'validityPeriod', validUntil: 'validityPeriod' } as const
const CHECK_OF_LIST = { credentialSchema: 'schema', credentialStatus: 'status', proof: 'signature' } as const

const one = (document: JsonObject, name: string, result: CheckResult): JsonObject =>
  document[name] === undefined ? {} : { [name]: { verified: holds(result), input: document[name] } }

const many = (document: JsonObject, name: string, result: CheckResult): JsonObject => ({
  [name]: asArray(document[name]).map((input) => ({ verified: holds(result), input })),
})

const results = (checks: Readonly<Record<CheckName, CheckResult>>, document: JsonObject): JsonObject =>
  Object.assign(
    {},
    ...Object.entries(CHECK_OF).map(([name, check]) => one(document, name, checks[check])),
    ...Object.entries(CHECK_OF_LIST).map(([name, check]) => many(document, name, checks[check])),
  )

const ofCredential = ({ checks }: CredentialReport, input: Json | undefined): JsonObject =>
  results(checks, isJsonObject(input) ? input : {})

const ofPresentation = (report: PresentationReport, input: Json | undefined): JsonObject => {
  const document = isJsonObject(input) ? input : {}
  const holder = report.holderBinding
  const credentials = asArray(document.verifiableCredential)
  return {
    presentation: { ...one(document, 'holder', holder), ...many(document, 'proof', holder) },
    credentials: report.credentials.map((inner, index) => ({
      verified: inner.verdict === 'accepted',
      results: ofCredential(inner, credentials[index]),
    })),
  }
}

/**
 * What became of each member that was looked at. A token is not taken apart again for it: its members are in the report.
 * @see VCALM, "Verify Credential" and "Verify Presentation"
 */
export const resultsOf = (report: Report, input: JsonObject | string): JsonObject =>
  report.kind === 'credential' ? ofCredential(report, input) : ofPresentation(report, input)
