import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Command } from 'commander'
import type { Case } from '../../testing/contracts/case.js'
import { esrApplicantsContract, trainingRecruitmentContract } from '../../testing/contracts/doctors-in-training.js'
import { identityProviderContract } from '../../testing/contracts/identity-provider.js'
import { recordSystemContract } from '../../testing/contracts/record-system.js'
import { recruitmentSystemContract } from '../../testing/contracts/recruitment-system.js'
import { checkCases } from '../check-cases.js'
import { misuse, unreadable } from '../exit.js'
import { shown, type Terminal } from '../terminal.js'

type Open = (...given: never[]) => never

/** What can be checked, by the name that a module exports its opening function under. */
const CONTRACTS: Readonly<Record<string, (open: Open) => readonly Case[]>> = {
  openRecordSystem: (open) => recordSystemContract(open),
  openRecruitmentSystem: (open) => recruitmentSystemContract(open),
  openIdentityProvider: (open) => identityProviderContract(open),
  openEsrApplicants: (open) => esrApplicantsContract(open),
  openTrainingRecruitment: (open) => trainingRecruitmentContract(open),
}

const casesOf = async (path: string): Promise<readonly Case[]> => {
  const module = await import(pathToFileURL(resolve(path)).href).catch((cause) => {
    throw unreadable(`Cannot load ${shown(path)}: ${cause instanceof Error ? cause.message : 'it does not run'}`, cause)
  })
  const cases = Object.entries(CONTRACTS).flatMap(([name, contract]) =>
    typeof module[name] === 'function' ? contract(module[name] as Open) : [],
  )
  if (cases.length === 0) throw misuse(`${shown(path)} must export ${Object.keys(CONTRACTS).join(' or ')}`)
  return cases
}

const checkAdapter = async (path: string, options: { readonly json?: boolean }, terminal: Terminal): Promise<void> =>
  checkCases(await casesOf(path), options.json, terminal)

const HELP = `
The module exports openRecordSystem, openRecruitmentSystem, openIdentityProvider, openEsrApplicants or
openTrainingRecruitment: a function that opens a test installation of your system, with plainly fictional people in it. See docs/your-own-adapter.md.`

/** `check-adapter`: whether somebody's adapter keeps the promises of its port. */
export const addCheckAdapter = (program: Command, terminal: Terminal): void => {
  program
    .command('check-adapter <module>')
    .description('Run the contract of a port against an adapter of your own, and say what holds')
    .option('--json', 'as JSON')
    .addHelpText('after', HELP)
    .action((path: string, options: { readonly json?: boolean }) => checkAdapter(path, options, terminal))
}
