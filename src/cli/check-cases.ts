import type { Case } from '../testing/contracts/case.js'
import { CommandError, EXIT } from './exit.js'
import { pretty } from './files.js'
import { table } from './table.js'
import type { Terminal } from './terminal.js'

interface Held {
  readonly name: string
  readonly holds: boolean
  /** What is broken, in the contract's words. */
  readonly broken?: string
}

const runAll = async (cases: readonly Case[], terminal: Terminal): Promise<readonly Held[]> => {
  const progress = terminal.startProgress('Checking', cases.length)
  const held: Held[] = []
  for (const { name, run } of cases) {
    const broken = await run().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : 'it threw something that is no error'),
    )
    held.push({ name, holds: broken === undefined, ...(broken === undefined ? {} : { broken }) })
    progress.advance()
  }
  progress.done()
  return held
}

/** Runs the cases of a contract, and says of each whether it holds. @throws CommandError 1 where one does not */
export const checkCases = async (
  cases: readonly Case[],
  json: boolean | undefined,
  terminal: Terminal,
): Promise<void> => {
  const held = await runAll(cases, terminal)
  const { green, red } = terminal.colours
  const rows = held.map(({ name, holds, broken }) => [
    holds ? { text: 'holds', paint: green } : { text: 'broken', paint: red },
    broken === undefined ? name : `${name}: ${broken}`,
  ])
  const broken = held.filter(({ holds }) => !holds)
  const summary = `\n\n${held.length - broken.length} of ${held.length} promises hold.`
  terminal.write(json ? pretty(held) : table(terminal, ['', 'promise'], rows) + summary)
  if (broken.length > 0) throw new CommandError(EXIT.rejected, `${broken.length} of ${held.length} promises are broken`)
}
