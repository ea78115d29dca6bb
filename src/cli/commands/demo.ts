import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { addToDate, britishDate } from '../../codec/date-time.js'
import type { IssuedCredential } from '../../issuer/issuer.js'
import { ATTACKS, type Booty } from '../demo/attacks.js'
import { type Exchanges, openExchanges, verifierOf } from '../demo/exchanges.js'
import { type Draft, sampleRecord } from '../demo/hr-extract.js'
import { issueFromEsr } from '../demo/issue-from-esr.js'
import { mapRecord } from '../demo/map-record.js'
import { showToSouthmere } from '../demo/show-to-southmere.js'
import { showSystems } from '../demo/systems.js'
import { createWorld, issueDraft, type World } from '../demo/world.js'
import { CommandError, EXIT } from '../exit.js'
import { table } from '../table.js'
import type { Terminal } from '../terminal.js'
import { verdictCell } from '../verdict-table.js'

const AUDIENCE = 'https://passport.southmere.example'

const heading = (terminal: Terminal, text: string): void => terminal.write(`\n${terminal.colours.bold(text)}`)

const monthsAgo = (months: number): string => addToDate(`${britishDate(Date.now()).slice(0, 8)}01`, -months, 'Month')

/** The same passport, for a key that the demonstration has: to try with it what no wallet would do. */
const issuePassport = async (
  world: World,
  drafts: readonly Draft[],
): Promise<Pick<Booty, 'uniqueIdentifier' | 'passport'>> => {
  const uniqueIdentifier = crypto.randomUUID()
  const passport: IssuedCredential[] = []
  for (const draft of drafts)
    passport.push(await issueDraft(world.northfield, draft, world.doctor.did, uniqueIdentifier))
  return { uniqueIdentifier, passport }
}

const showAttacks = async (booty: Booty, terminal: Terminal): Promise<boolean> => {
  const rows = []
  let asExpected = true
  for (const { what, expected, present } of ATTACKS) {
    const { report } = await verifierOf(booty.world).verifyPresentation(await present(booty), {
      expectedChallenge: booty.challenge,
      expectedAudience: booty.audience,
    })
    const codes = [...new Set(report.reasons.map(({ code }) => code))]
    asExpected &&= report.verdict === 'rejected' && codes.includes(expected)
    rows.push([what, verdictCell(terminal, report.verdict), codes.join(', ')])
  }
  terminal.write(table(terminal, ['What was tried', 'Verdict', 'Why'], rows))
  return asExpected
}

const play = async (world: World, exchanges: Exchanges, terminal: Terminal): Promise<boolean> => {
  heading(terminal, '1. A national body signs a trust list')
  terminal.write('Northfield may issue every type that its roles allow, Southmere employment assignments only.')
  heading(terminal, '2. Northfield’s HR finds a doctor in its ESR, and fills their wallet')
  const record = sampleRecord(monthsAgo)
  const drafts = mapRecord(record)
  const { checked, fromEsr } = await issueFromEsr(world, exchanges, { record, drafts }, terminal)
  terminal.write(
    `\n${fromEsr} credentials from ESR, ${checked} of what HR checked itself, each recorded before it was handed out.`,
  )
  heading(terminal, '3. The wallet shows Southmere what it asks for, and Southmere verifies it')
  const shown = await showToSouthmere(exchanges, terminal)
  heading(terminal, '4. Southmere’s HR puts it into its own systems: Trac, and ESR')
  const sent = shown !== undefined && (await showSystems(world, shown, terminal))
  heading(terminal, '5. Each of these is refused, for its own reason')
  const booty: Booty = {
    world,
    drafts,
    ...(await issuePassport(world, drafts)),
    challenge: crypto.randomUUID(),
    audience: AUDIENCE,
  }
  const refused = await showAttacks(booty, terminal)
  return checked + fromEsr === drafts.length && sent && refused
}

const demo = async (terminal: Terminal): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'staff-passport-demo-'))
  const started = performance.now()
  const world = await createWorld(folder)
  const exchanges = await openExchanges(world)
  try {
    terminal.write(
      'Everybody in this demonstration is invented, and ESR and Trac are simulated. Keys, signatures, lists, stores, wallets and HTTP are real; nothing leaves this machine.',
    )
    if (!(await play(world, exchanges, terminal)))
      throw new CommandError(EXIT.worldFailed, 'The demonstration did not go as it should')
    terminal.write(
      `\nDone in ${((performance.now() - started) / 1000).toFixed(1)} s. To look closer: staff-passport --help`,
    )
  } finally {
    await exchanges.close()
    await world.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** `demo`: the whole story in one run, without network. */
export const addDemo = (program: Command, terminal: Terminal): void => {
  program
    .command('demo')
    .description('Issue, present, verify and refuse: the whole story in one run, with invented people')
    .action(() => demo(terminal))
}
