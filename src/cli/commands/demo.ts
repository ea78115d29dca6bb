import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { addToDate, dateOf } from '../../codec/date-time.js'
import type { JsonObject } from '../../core/json.js'
import type { IssuedCredential } from '../../issuer/issuer.js'
import { createVerifier } from '../../verifier/create-verifier.js'
import { POLICIES } from '../../verifier/policy.js'
import type { AcceptedPresentation, PresentationResult } from '../../verifier/result.js'
import { createPresentation } from '../../wallet/present.js'
import { ATTACKS, type Booty } from '../demo/attacks.js'
import { sampleRecord } from '../demo/hr-extract.js'
import { mapRecord } from '../demo/map-record.js'
import { showSystems } from '../demo/systems.js'
import { createWorld, issueDraft, type World } from '../demo/world.js'
import { CommandError, EXIT } from '../exit.js'
import { table } from '../table.js'
import type { Terminal } from '../terminal.js'
import { checksTable, verdictCell } from '../verdict-table.js'

const AUDIENCE = 'https://passport.southmere.example'

const heading = (terminal: Terminal, text: string): void => terminal.write(`\n${terminal.colours.bold(text)}`)

const monthsAgo = (months: number): string => addToDate(`${dateOf(Date.now()).slice(0, 8)}01`, -months, 'Month')

const publishedLists = async (world: World): Promise<readonly (JsonObject | string)[]> => {
  const lists: (JsonObject | string)[] = []
  for (const { issuer } of [world.northfield, world.southmere])
    for await (const { credential } of issuer.publishStatus()) lists.push(credential)
  return lists
}

/** What the second trust does: it trusts the national body's key and nothing else. */
const verifyAtSouthmere = async (
  world: World,
  presentation: JsonObject | string,
  challenge: string,
): Promise<PresentationResult> => {
  const verifier = createVerifier({
    trustList: world.trustList,
    anchor: world.anchor,
    policy: POLICIES.nhs,
    statusLists: await publishedLists(world),
  })
  return verifier.verifyPresentation(presentation, { expectedChallenge: challenge, expectedAudience: AUDIENCE })
}

const issuePassport = async (
  world: World,
  terminal: Terminal,
): Promise<Pick<Booty, 'uniqueIdentifier' | 'drafts' | 'passport'>> => {
  const uniqueIdentifier = crypto.randomUUID()
  const drafts = mapRecord(sampleRecord(monthsAgo))
  const progress = terminal.startProgress('Issued', drafts.length)
  const passport: IssuedCredential[] = []
  for (const draft of drafts) {
    passport.push(await issueDraft(world.northfield, draft, world.doctor.did, uniqueIdentifier))
    progress.advance()
  }
  progress.done()
  return { uniqueIdentifier, drafts, passport }
}

const showPassport = async (booty: Booty, terminal: Terminal): Promise<AcceptedPresentation | undefined> => {
  const presentation = await createPresentation({
    credentials: booty.passport.map(({ credential }) => credential),
    holder: booty.world.doctor.did,
    signer: booty.world.doctor.signer,
    challenge: booty.challenge,
    audience: booty.audience,
  })
  const result = await verifyAtSouthmere(booty.world, presentation, booty.challenge)
  const { report } = result
  terminal.write(checksTable(terminal, report.credentials))
  terminal.write(
    `\nPresented by its holder: ${report.holderBinding.outcome}. All about one person: ${report.samePerson.outcome}.`,
  )
  terminal.write(`The whole presentation: ${terminal.colours.bold(report.verdict)}`)
  return result.presentation
}

const showAttacks = async (booty: Booty, terminal: Terminal): Promise<boolean> => {
  const rows = []
  let asExpected = true
  for (const { what, expected, present } of ATTACKS) {
    const { report } = await verifyAtSouthmere(booty.world, await present(booty), booty.challenge)
    const codes = [...new Set(report.reasons.map(({ code }) => code))]
    asExpected &&= report.verdict === 'rejected' && codes.includes(expected)
    rows.push([what, verdictCell(terminal, report.verdict), codes.join(', ')])
  }
  terminal.write(table(terminal, ['What was tried', 'Verdict', 'Why'], rows))
  return asExpected
}

const play = async (world: World, terminal: Terminal): Promise<boolean> => {
  heading(terminal, '1. A national body signs a trust list')
  terminal.write('Northfield may issue every type that its roles allow, Southmere employment assignments only.')
  heading(terminal, '2. Northfield issues a doctor a passport from an HR extract')
  const issued = await issuePassport(world, terminal)
  terminal.write(`${issued.passport.length} credentials, each recorded before it was handed out.`)
  const booty: Booty = { world, ...issued, challenge: crypto.randomUUID(), audience: AUDIENCE }
  heading(terminal, '3. The doctor presents it to Southmere, which verifies it')
  const shown = await showPassport(booty, terminal)
  heading(terminal, '4. Southmere’s HR puts it into its own systems, which are simulated')
  const sent = shown !== undefined && (await showSystems(shown, terminal))
  heading(terminal, '5. Each of these is refused, for its own reason')
  const refused = await showAttacks(booty, terminal)
  return sent && refused
}

const demo = async (terminal: Terminal): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'staff-passport-demo-'))
  const started = performance.now()
  const world = await createWorld(folder)
  try {
    terminal.write(
      'Everybody in this demonstration is invented. Keys, signatures, lists and stores are real; nothing leaves this machine.',
    )
    if (!(await play(world, terminal)))
      throw new CommandError(EXIT.worldFailed, 'The demonstration did not go as it should')
    terminal.write(
      `\nDone in ${((performance.now() - started) / 1000).toFixed(1)} s. To look closer: staff-passport --help`,
    )
  } finally {
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
