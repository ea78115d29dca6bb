import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import type { Json } from '../../core/json.js'
import { publicJwk } from '../../crypto/keys.js'
import { createDidDocument, type PublishedKey, parseDidDocument } from '../../dids/publish.js'
import { misuse, unreadable } from '../exit.js'
import { pretty, readJsonFile, writeFileWhole } from '../files.js'
import { openKey } from '../keys.js'
import { shown, type Terminal } from '../terminal.js'

interface PublishOptions {
  readonly key: readonly string[]
  readonly out: string
  readonly passphraseFile?: string
  readonly drop: readonly string[]
}

// Keys in the file that are not given again are retired: still published, so that what they signed stays verifiable.
const retiredKeys = async (
  options: PublishOptions,
  current: ReadonlySet<string>,
  terminal: Terminal,
): Promise<PublishedKey[]> => {
  if (!existsSync(options.out)) return []
  const parsed = parseDidDocument((await readJsonFile(options.out, terminal)) as Json)
  if (!parsed.ok) throw unreadable(`${shown(options.out)} is there and is not a DID document; nothing was changed`)
  return parsed.keys
    .filter(({ keyId }) => !current.has(keyId) && !options.drop.includes(keyId))
    .map((key) => ({ ...key, retired: true }))
}

const publish = async (options: PublishOptions, terminal: Terminal): Promise<void> => {
  const opened = []
  for (const key of options.key) {
    opened.push(
      await openKey({ key, ...(options.passphraseFile ? { passphraseFile: options.passphraseFile } : {}) }, terminal),
    )
  }
  const [first] = opened
  if (!first || opened.some(({ did }) => did !== first.did)) throw misuse('Every --key must belong to the same DID')
  if (!first.did.startsWith('did:web:'))
    throw misuse('Only a did:web has a document to publish; make the key with --did web:<domain>')
  const current = opened.map((key) => ({ keyId: key.keyId, publicKeyJwk: publicJwk(key.privateKeyJwk) }))
  const retired = await retiredKeys(options, new Set(current.map(({ keyId }) => keyId)), terminal)
  await writeFileWhole(
    options.out,
    `${pretty(createDidDocument({ did: first.did, keys: [...current, ...retired] }))}\n`,
  )
  terminal.note(`${shown(options.out)} lists ${current.length} keys in use and ${retired.length} retired`)
}

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value]

/** `did publish`: the document of a did:web issuer. */
export const addDid = (program: Command, terminal: Terminal): void => {
  program
    .command('did')
    .description('Publish a DID document')
    .command('publish')
    .description('Write the did.json of a did:web; keys already in the file are kept as retired')
    .requiredOption('--key <file>', 'a key file in use; repeatable', collect, [])
    .requiredOption('--out <file>', 'the did.json to write or update')
    .option('--passphrase-file <file>', 'read the passphrase from its first line instead of asking')
    .option('--drop <key id>', 'leave this key out, such as a compromised one; repeatable', collect, [])
    .action((options: PublishOptions) => publish(options, terminal))
}
