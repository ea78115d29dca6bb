import type { RequestedCredential } from '../../exchange/wallet-exchange.js'
import { CREDENTIALS_TO_CONNECT } from '../../patterns/connections/connection.js'
import type { AcceptedPresentation } from '../../verifier/result.js'
import type { Terminal } from '../terminal.js'
import { checksTable } from '../verdict-table.js'
import type { Exchanges } from './exchanges.js'

const several = (type: RequestedCredential['type']): RequestedCredential => ({ type, several: true })

// What recruitment needs, and what need not be done again.
const WANTED: readonly RequestedCredential[] = [
  ...CREDENTIALS_TO_CONNECT,
  { type: 'DisclosureAndBarringService' },
  { type: 'ProfessionalRegistration' },
  { type: 'EmploymentAssignment' },
  { type: 'OccupationalHealth' },
  several('CoreSkill'),
  several('Immunisation'),
]

/** The doctor’s wallet shows Southmere what it asks for. @returns what Southmere accepted, if it did */
export const showToSouthmere = async (
  { southmere, wallet }: Exchanges,
  terminal: Terminal,
): Promise<AcceptedPresentation | undefined> => {
  const asked = await southmere.request({ credentials: WANTED, purpose: 'Before you start with us', device: 'cross' })
  await (await wallet.openRequest(asked.uri)).share()
  const proof = { browserSecret: asked.browserSecret ?? '' }
  for await (const { outcome } of southmere.follow(asked.exchangeId, { proof })) {
    if (!outcome) continue
    const { report, presentation } = outcome
    const { credentials, holderBinding, samePerson } = report.presentation
    terminal.write(checksTable(terminal, credentials))
    terminal.write(`\nPresented by its holder: ${holderBinding.outcome}. All about one person: ${samePerson.outcome}.`)
    terminal.write(`The whole presentation: ${terminal.colours.bold(report.verdict)}`)
    return presentation
  }
  return undefined
}
