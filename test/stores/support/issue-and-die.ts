// A process of its own: issues one credential from the store and dies at the step named, or issues many.
import { openLibsqlStore } from '../../../src/adapters/libsql/libsql-store.js'
import type { JsonObject } from '../../../src/core/json.js'
import { currentExample } from '../../../src/credentials/examples.js'
import { rightToWorkExamples } from '../../../src/credentials/golden/right-to-work.js'
import { createLocalSigner } from '../../../src/crypto/local-signer.js'
import { createIssuer } from '../../../src/issuer/create-issuer.js'
import type { Signer } from '../../../src/ports/signer.js'

const { STORE = '', KEY = '{}', KEY_ID = '', STEP = '', IDEMPOTENCY_KEY, COUNT = '1' } = process.env

const die = (step: string): void => {
  if (step === STEP) process.kill(process.pid, 'SIGKILL')
}

const dyingAround =
  <Arguments extends unknown[], Result>(name: string, work: (...given: Arguments) => Promise<Result>) =>
  async (...given: Arguments): Promise<Result> => {
    die(`before ${name}`)
    const result = await work(...given)
    die(`after ${name}`)
    return result
  }

const store = await openLibsqlStore({ path: STORE })
const local = await createLocalSigner(JSON.parse(KEY), KEY_ID)
const { register, statusLists } = store
const signer: Signer = { ...local, sign: dyingAround('sign', local.sign) }
const issuer = createIssuer({
  id: KEY_ID.split('#')[0] ?? '',
  signer,
  register: {
    ...register,
    intend: dyingAround('intend', register.intend),
    settle: dyingAround('settle', register.settle),
  },
  statusLists: { ...statusLists, reserve: dyingAround('reserve', statusLists.reserve) },
  statusUrl: 'https://status.northfield.example/lists',
})

const example = currentExample(rightToWorkExamples[1] ?? rightToWorkExamples[0], new Date().toISOString().slice(0, 10))
const request = { ...example, title: undefined, subject: 'did:example:holder' }

for (let count = 0; count < Number(COUNT); count++) {
  const key = IDEMPOTENCY_KEY === undefined ? {} : { idempotencyKey: IDEMPOTENCY_KEY }
  const issued = await issuer.issue('RightToWork', request as never, { format: 'vc+jwt', ...key })
  const places = (issued.document.credentialStatus as readonly JsonObject[]).map(({ id }) => id)
  process.stdout.write(`${JSON.stringify({ id: issued.id, places })}\n`)
  die('after handing out')
}
await store.close()
