import type { CheckResult } from '../core/outcome.js'
import type { CredentialReport, Report } from '../verifier/report.js'
import { type Cell, table } from './table.js'
import type { Terminal } from './terminal.js'

type Paint = (text: string) => string

/** A verdict, painted. */
export const verdictCell = (terminal: Terminal, verdict: Report['verdict']): Cell => {
  const { green, red, yellow } = terminal.colours
  const paint: Record<Report['verdict'], Paint> = { accepted: green, rejected: red, undecided: yellow }
  return { text: verdict, paint: paint[verdict] }
}

const reasonsOf = (report: Report): string => report.reasons.map(({ code }) => code).join(', ')

const typeOf = (report: Report): string =>
  report.kind === 'presentation' ? 'presentation' : (report.input.type ?? 'unknown')

/** One line per input: what it is, the verdict, and why. */
export const verdictTable = (
  terminal: Terminal,
  verified: readonly { readonly file: string; readonly report: Report }[],
): string =>
  table(
    terminal,
    ['Input', 'Type', 'Verdict', 'Reasons'],
    verified.map(({ file, report }) => [
      file,
      typeOf(report),
      verdictCell(terminal, report.verdict),
      reasonsOf(report),
    ]),
  )

const MARKS: Record<CheckResult['outcome'], string> = {
  passed: 'yes',
  failed: 'NO',
  inconclusive: '?',
  notApplicable: '-',
  notRun: '.',
}

/** One line per credential with its seven answers. */
export const checksTable = (terminal: Terminal, reports: readonly CredentialReport[]): string =>
  table(
    terminal,
    ['Credential', 'Verdict', 'Format', 'Signature', 'Issuer', 'Schema', 'Period', 'Status', 'Holder'],
    reports.map((report) => [
      report.input.type ?? 'unknown',
      verdictCell(terminal, report.verdict),
      ...Object.values(report.checks).map((check) => MARKS[check.outcome]),
    ]),
  )
