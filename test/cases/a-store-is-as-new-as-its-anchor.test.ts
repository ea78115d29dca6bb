import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import Libsql from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PassportError } from '../../src/core/errors.js'
import { AT, fillStore, GOOD, issueOne, newFolder, publish, REVOKED, withStore } from './support/small-store.js'

let folder: Awaited<ReturnType<typeof newFolder>>
let store: { path: string; anchor: { path: string; key: Uint8Array } }

beforeEach(async () => {
  folder = await newFolder()
  store = { path: folder.path('store.db'), anchor: folder.anchor }
  await withStore(store, fillStore)
})
afterEach(() => folder.remove())

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof PassportError ? error.code : String(error)),
  )

const opening = () => codeOf(withStore(store, (opened) => opened.verify()))
const revoke = () =>
  withStore(store, ({ register }) =>
    register.changeStatus(GOOD, { purpose: 'revocation', set: true, reason: 'NoLongerValid', at: AT }),
  )

/** What somebody does who can write the store and cannot read the secrets: every seal is made anew. */
function rewriteLog(change: string): void {
  const file = new Libsql(store.path)
  file.exec(change)
  const rows = file.prepare('select seq, credential_id, body from register_event order by seq').all([]) as {
    seq: number
    credential_id: string
    body: string
  }[]
  let hash = ''
  rows.forEach(({ credential_id, body }, at) => {
    hash = createHash('sha256')
      .update(JSON.stringify([hash, at + 1, credential_id, body]))
      .digest('hex')
    file.prepare('update register_event set hash = ? where seq = ?').run([hash, at + 1])
  })
  file
    .prepare("update setting set value = ? where name = 'register head'")
    .run([JSON.stringify({ seq: rows.length, hash })])
  file.close()
}

describe('the end of the log, noted outside the file', () => {
  it('REST-2: an old copy put back → refused, whatever is asked of it; the newest is accepted', async () => {
    copyFileSync(store.path, folder.path('backup.db'))
    await revoke()
    copyFileSync(store.path, folder.path('newest.db'))
    copyFileSync(folder.path('backup.db'), store.path)
    expect(await opening()).toBe('store.rolledBack')
    expect(await codeOf(withStore(store, publish))).toBe('store.rolledBack')
    copyFileSync(folder.path('newest.db'), store.path)
    expect(await opening()).toBe('accepted')
  })

  it('REST-2: the store gone, and an empty one in its place → refused', async () => {
    rmSync(store.path)
    expect(await opening()).toBe('store.rolledBack')
  })

  it('REST-2: accepted knowingly → goes on, and gives out no place of an old list again', async () => {
    copyFileSync(store.path, folder.path('backup.db'))
    await revoke()
    copyFileSync(folder.path('backup.db'), store.path)
    const before = await withStore({ ...store, acceptStore: true }, async ({ statusLists }) => statusLists.lists())
    await withStore(store, async (opened) => {
      await opened.verify()
      const [place] = await opened.statusLists.reserve('revocation')
      expect(before.map(({ list }) => list)).not.toContain(place?.list)
      await opened.register.changeStatus(GOOD, { purpose: 'revocation', set: true, reason: 'NoLongerValid', at: AT })
      expect(await publish(opened)).toHaveLength(3)
      await opened.verify()
      await opened.repair()
      const [next] = await opened.statusLists.reserve('revocation')
      expect(next?.list).toBe(place?.list)
    })
  })

  it('REST-2: a copy whose log is not whole → not accepted either', async () => {
    const file = new Libsql(store.path)
    file.exec("update register_event set body = replace(body, 'LostPhone', 'NoLongerValid')")
    file.close()
    expect(await codeOf(withStore({ ...store, acceptStore: true }, async () => {}))).toBe('store.corrupt')
  })

  const REWRITINGS = [
    [
      'the revocation taken out, and the log sealed anew',
      `delete from register_event where credential_id = '${REVOKED}' and body like '%"status"%'; update register_event set seq = seq - 1 where seq = 12`,
      'store.rolledBack',
    ],
    [
      'a reason changed, and the log sealed anew',
      "update register_event set body = replace(body, 'LostPhone', 'NoLongerValid')",
      'store.anchorMismatch',
    ],
    [
      'an event added, and sealed',
      `insert into register_event select 13, credential_id, replace(body, '"set":true', '"set":false'), '' from register_event where seq = 12`,
      'store.anchorMismatch',
    ],
    ['another store’s note', "update setting set value = 'x' where name = 'register anchor'", 'store.anchorMismatch'],
    ['the end of the log gone, with its note', 'delete from register_event where seq > 11', 'store.rolledBack'],
  ] as const

  it.each(REWRITINGS)('REST-1: %s → refused', async (_, change, code) => {
    rewriteLog(change)
    expect(await opening()).toBe(code)
  })

  it('REST-1: the store’s own note of its anchor gone → made again, where the log is the one that was anchored', async () => {
    rewriteLog("delete from setting where name = 'register anchor'")
    expect(await opening()).toBe('accepted')
    rewriteLog("delete from setting where name = 'register anchor'; delete from register_event where seq > 11")
    expect(await opening()).toBe('store.rolledBack')
  })

  it('REST-1: an anchor forged without its secret, damaged, or gone → refused', async () => {
    const good = readFileSync(store.anchor.path)
    expect(
      await codeOf(withStore({ ...store, anchor: { ...store.anchor, key: new Uint8Array(32) } }, async () => {})),
    ).toBe('store.anchorUnusable')
    writeFileSync(store.anchor.path, good.toString().replaceAll('"seq":12', '"seq":11'))
    expect(await opening()).toBe('store.anchorUnusable')
    rmSync(store.anchor.path)
    expect(await opening()).toBe('store.anchorUnusable')
    expect(existsSync(store.anchor.path), 'none is made in its place').toBe(false)
    writeFileSync(store.anchor.path, good)
    expect(await opening()).toBe('accepted')
  })

  it('REST-1: a store that is anchored is read without its anchor, and never written', async () => {
    await withStore({ path: store.path }, async (opened) => {
      expect(await opened.verify()).toBe(12)
      expect(
        await codeOf(
          opened.register.changeStatus(GOOD, { purpose: 'suspension', set: true, reason: 'LostPhone', at: AT }),
        ),
      ).toBe('store.anchorUnusable')
      expect(await codeOf(opened.remember('statusUrl', 'https://elsewhere.example'))).toBe('store.anchorUnusable')
    })
    expect(await opening()).toBe('accepted')
  })

  it('REST-1: a store that was never anchored is checked whole, and anchored', async () => {
    const plain = folder.path('plain.db')
    await withStore({ path: plain }, fillStore)
    const anchor = { ...store.anchor, path: folder.path('plain.anchor') }
    const file = new Libsql(plain)
    file.exec('update register_place set is_set = 0')
    file.close()
    expect(await codeOf(withStore({ path: plain, anchor }, async () => {}))).toBe('store.tablesDisagree')
    await withStore({ path: plain }, (opened) => opened.repair())
    await withStore({ path: plain, anchor }, (opened) => opened.verify())
    expect(existsSync(anchor.path)).toBe(true)
  })
})

describe('an anchor and a store that a crash left apart', () => {
  const anchorBytes = () => readFileSync(store.anchor.path)

  it('REST-2: cut off before the store was written → goes on from where it was', async () => {
    copyFileSync(store.path, folder.path('before.db'))
    // Not closed, so that the change is noted as under way, as when the process is killed at that moment.
    let underWay = Buffer.alloc(0)
    await withStore(store, async ({ register }) => {
      await register.changeStatus(GOOD, { purpose: 'revocation', set: true, reason: 'NoLongerValid', at: AT })
      underWay = anchorBytes()
    })
    copyFileSync(folder.path('before.db'), store.path)
    writeFileSync(store.anchor.path, underWay)
    expect(await opening()).toBe('accepted')
    expect(await codeOf(revoke())).toBe('accepted')
  })

  it('REST-2: cut off after the store was written → goes on, and from then on knows', async () => {
    copyFileSync(store.path, folder.path('before.db'))
    let underWay = Buffer.alloc(0)
    await withStore(store, async ({ register }) => {
      await register.changeStatus(GOOD, { purpose: 'revocation', set: true, reason: 'NoLongerValid', at: AT })
      underWay = anchorBytes()
    })
    writeFileSync(store.anchor.path, underWay)
    expect(await opening()).toBe('accepted')
    copyFileSync(folder.path('before.db'), store.path)
    expect(await opening(), 'the last change cannot be taken back after a peaceful end').toBe('store.rolledBack')
  })

  it.each([0, 1])('REST-2: an anchor whose writing was cut off (part %i) → the part before it counts', async (slot) => {
    const bytes = anchorBytes()
    bytes.fill(0, slot * 512 + 100, (slot + 1) * 512)
    writeFileSync(store.anchor.path, bytes)
    expect(await opening()).toBe('accepted')
  })

  it('REST-2: two processes’ worth of openings take turns on one store', async () => {
    await withStore(store, (first) =>
      withStore(store, async (second) => {
        for (let n = 0; n < 5; n++) {
          await issueOne(first, `urn:uuid:11111111-0000-4000-8000-00000000000${n}`)
          await issueOne(second, `urn:uuid:22222222-0000-4000-8000-00000000000${n}`)
        }
        await first.verify()
      }),
    )
    expect(await opening()).toBe('accepted')
  })
})
