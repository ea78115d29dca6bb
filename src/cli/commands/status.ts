import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { isJsonObject } from '../../core/json.js'
import { readInput } from '../../formats/read.js'
import type { Issuer } from '../../issuer/issuer.js'
import { STATUS_REASONS, type StatusReason } from '../../ports/issuance-register.js'
import { misuse, unreadable } from '../exit.js'
import { credentialText, readInputFile, writeFileWhole } from '../files.js'
import { type IssuerFileOptions, openIssuer } from '../open-issuer.js'
import { REGISTER_ANCHOR } from '../register-anchor.js'
import { table } from '../table.js'
import { shown, type Terminal } from '../terminal.js'

interface ChangeOptions extends IssuerFileOptions {
  readonly store: string
  readonly reason?: string
}

const idOf = async (credential: string, terminal: Terminal): Promise<string> => {
  if (credential.startsWith('urn:')) return credential
  const read = readInput(await readInputFile(credential, terminal))
  const id =
    read.ok && read.input.kind === 'credential' && isJsonObject(read.input.document)
      ? read.input.document.id
      : undefined
  if (typeof id !== 'string') throw unreadable(`${shown(credential)} holds no credential with an id`)
  return id
}

const reasonOf = (options: ChangeOptions): StatusReason => {
  const reason = STATUS_REASONS.find((known) => known === options.reason)
  if (!reason) throw misuse(`--reason must be one of ${STATUS_REASONS.join(', ')}`)
  return reason
}

type Change = (issuer: Issuer, id: string, options: ChangeOptions) => Promise<boolean>

const CHANGES: readonly {
  readonly name: string
  readonly description: string
  readonly done: string
  /** What is said where nothing had to be done. */
  readonly idle: string
  readonly reasoned: boolean
  readonly change: Change
}[] = [
  {
    name: 'revoke',
    description: 'Revoke a credential, for ever',
    done: 'Revoked',
    idle: 'was revoked before',
    reasoned: true,
    change: (issuer, id, options) => issuer.revoke(id, reasonOf(options)),
  },
  {
    name: 'suspend',
    description: 'Suspend a credential until it is reinstated',
    done: 'Suspended',
    idle: 'was suspended before',
    reasoned: true,
    change: (issuer, id, options) => issuer.suspend(id, reasonOf(options)),
  },
  {
    name: 'reinstate',
    description: 'Lift a suspension',
    done: 'Reinstated',
    idle: 'is not suspended',
    reasoned: false,
    change: (issuer, id) => issuer.reinstate(id),
  },
]

const withIssuer = async (
  options: IssuerFileOptions,
  terminal: Terminal,
  task: (issuer: Issuer) => Promise<void>,
): Promise<void> => {
  const { issuer, close } = await openIssuer(options, terminal)
  try {
    await task(issuer)
  } finally {
    await close()
  }
}

interface PublishOptions extends IssuerFileOptions {
  readonly store: string
  readonly out: string
}

const publish = (options: PublishOptions, terminal: Terminal): Promise<void> =>
  withIssuer(options, terminal, async (issuer) => {
    await mkdir(options.out, { recursive: true }).catch((cause: unknown) => {
      throw unreadable(`Cannot make the folder ${shown(options.out)}`, cause)
    })
    const rows: string[][] = []
    for await (const list of issuer.publishStatus()) {
      const file = join(options.out, `${list.list}.${typeof list.credential === 'string' ? 'jwt' : 'json'}`)
      await writeFileWhole(file, `${credentialText(list.credential)}\n`)
      rows.push([list.url, list.purpose, String(list.set), file])
    }
    terminal.write(table(terminal, ['Publish at', 'Purpose', 'Set', 'File'], rows))
  })

const addKeyOptions = (command: Command): Command =>
  command
    .requiredOption('--store <file>', 'the store it was issued from')
    .requiredOption('--key <file>', 'the issuer’s key file')
    .option('--passphrase-file <file>', 'read the passphrase from its first line instead of asking')
    .option(...REGISTER_ANCHOR)

/** `revoke`, `suspend`, `reinstate`, `status publish`. */
export const addStatus = (program: Command, terminal: Terminal): void => {
  for (const { name, description, done, idle, reasoned, change } of CHANGES) {
    const command = addKeyOptions(
      program.command(`${name} <credential>`).description(`${description}; the credential's file or id`),
    )
    if (reasoned) command.requiredOption('--reason <code>', STATUS_REASONS.join(', '))
    command.action((credential: string, options: ChangeOptions) =>
      withIssuer(options, terminal, async (issuer) => {
        const id = await idOf(credential, terminal)
        const isChanged = await change(issuer, id, options)
        terminal.note(
          isChanged
            ? `${done} ${id}. Verifiers hear of it when you publish: staff-passport status publish`
            : `${id} ${idle}; nothing was changed`,
        )
      }),
    )
  }
  addKeyOptions(program.command('status').description('Publish status lists').command('publish'))
    .description('Sign every status list of the store as it stands now')
    .requiredOption('--out <dir>', 'the folder to write them to')
    .action((options: PublishOptions) => publish(options, terminal))
}
