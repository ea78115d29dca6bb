import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { describe, expect, it } from 'vitest'
import { openLibsqlStore } from '../../src/adapters/libsql/libsql-store.js'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import type { Store } from '../../src/ports/store.js'
import { exchangeStoreContract } from '../../src/testing/contracts/exchange-store.js'
import { issuanceRegisterContract } from '../../src/testing/contracts/issuance-register.js'
import { statusListStoreContract } from '../../src/testing/contracts/status-list-store.js'

const openFile = async (): Promise<Store> => {
  const folder = await mkdtemp(join(tmpdir(), 'staff-passport-store-'))
  const store = await openLibsqlStore({ path: join(folder, 'store.db') })
  const close = async () => {
    await store.close()
    await rm(folder, { recursive: true })
  }
  return { ...store, close }
}

const STORES: readonly (readonly [name: string, open: () => Promise<Store>])[] = [
  ['memory', async () => createMemoryStore()],
  ['libsql', openFile],
]

describe.each(STORES)('the %s store keeps the contracts', (_, open) => {
  for (const { name, run } of issuanceRegisterContract(open)) it(`the register ${name}`, run)
  for (const { name, run } of statusListStoreContract(open)) it(`the store of status lists ${name}`, run)

  for (const { name, run } of exchangeStoreContract(open)) it(`the store of exchanges ${name}`, run)

  it('remembers only rising versions', async () => {
    const { versionMemory, close } = await open()
    await versionMemory.remember('list', 5)
    await versionMemory.remember('list', 3)
    expect(await versionMemory.newest('list')).toBe(5)
    await versionMemory.remember('list', 6)
    expect(await versionMemory.newest('list')).toBe(6)
    expect(await versionMemory.newest('another')).toBeUndefined()
    await close()
  })

  it('says that it was closed', async () => {
    const store = await open()
    await store.close()
    await expect(store.statusLists.lists()).rejects.toMatchObject({ code: 'store.closed' })
    await expect(store.versionMemory.newest('x')).rejects.toMatchObject({ code: 'store.closed' })
  })
})

describe('a list gets a successor before it is full', () => {
  const THREE_QUARTERS = 131_072 * 0.75

  it('in memory', async () => {
    const { statusLists } = createMemoryStore()
    await statusLists.reserve('revocation', THREE_QUARTERS)
    const [first] = await statusLists.lists()
    const [place] = await statusLists.reserve('revocation')
    expect(place?.list).not.toBe(first?.list)
    expect((await statusLists.lists()).map(({ reserved }) => reserved)).toEqual([THREE_QUARTERS, 1])
  })

  it('in libsql', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'staff-passport-store-'))
    const path = join(folder, 'store.db')
    const store = await openLibsqlStore({ path })
    const [before] = await store.statusLists.reserve('revocation')
    const file = new Libsql(path)
    file.exec(`update status_list set reserved = ${THREE_QUARTERS - 1}`)
    file.close()
    const [last] = await store.statusLists.reserve('revocation')
    const [next] = await store.statusLists.reserve('revocation')
    expect(last?.list).toBe(before?.list)
    expect(next?.list).not.toBe(before?.list)
    await store.close()
    await rm(folder, { recursive: true })
  })
})

describe('the contracts themselves', () => {
  it('catch a register that forgets revocations', async () => {
    const forgetful = async (): Promise<Store> => {
      const store = createMemoryStore()
      return { ...store, register: { ...store.register, changeStatus: async () => true } }
    }
    const results = await Promise.allSettled(issuanceRegisterContract(forgetful).map(({ run }) => run()))
    expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(3)
  })

  it('catch a store that lets two have the next version', async () => {
    const generous = async (): Promise<Store> => {
      const store = createMemoryStore()
      return { ...store, exchanges: { ...store.exchanges, put: async () => true, claim: async () => true } }
    }
    const results = await Promise.allSettled(exchangeStoreContract(generous).map(({ run }) => run()))
    expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(5)
  })

  it('catch a store that gives places in order', async () => {
    const orderly = async (): Promise<Store> => {
      const store = createMemoryStore()
      let next = 0
      const reserve = async (purpose: 'revocation' | 'suspension', count = 1) =>
        Array.from({ length: count }, () => ({ purpose, list: 'a'.repeat(20), index: next++ }))
      return { ...store, statusLists: { ...store.statusLists, reserve } }
    }
    const results = await Promise.allSettled(statusListStoreContract(orderly).map(({ run }) => run()))
    expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(2)
  })
})
