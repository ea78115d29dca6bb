import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GenericOutboundRow, openGenericOutbound, readGenericOutbound } from '../../../src/doors/esr.js'
import { FILE_NAME, HEADER } from './support/file.js'
import { assignmentLine, competenceLine, definitionLine, personLine } from './support/people.js'

const PEOPLE = 100_000
const COMPETENCES = 8
const LINES = 2 + PEOPLE * (2 + COMPETENCES)
const MEGABYTE = 1_000_000
const ALLOWED_GROWTH = 30 * MEGABYTE

const PERSON = personLine({ 'Person ID': '#' })
const ASSIGNMENT = assignmentLine({ 'Person ID': '#', 'Assignment ID': 'A#', 'Assignment Number': '3#' })
const skill = (at: number) => competenceLine({ 'Person ID': '#', 'Competency Element ID': `C#-${at}` })
const BLOCK = [PERSON, ASSIGNMENT, ...Array.from({ length: COMPETENCES }, (_, at) => skill(at)), ''].join('\n')

const numberOf = (person: number): string => String(person).padStart(7, '0')

/** A file of a million lines, made as it is asked for. */
function* largeFile() {
  const encoder = new TextEncoder()
  yield encoder.encode(`${HEADER}\n${definitionLine()}\n`)
  for (let person = 0; person < PEOPLE; person++) yield encoder.encode(BLOCK.replaceAll('#', numberOf(person)))
}

async function* inLargerChunks(chunks: Iterable<Uint8Array>) {
  let waiting: Uint8Array[] = []
  for (const chunk of chunks) {
    if (waiting.push(chunk) < 50) continue
    yield Buffer.concat(waiting)
    waiting = []
  }
  yield Buffer.concat(waiting)
}

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** The most that is in use after garbage was collected, from the first look on. */
const watchHeap = () => {
  const seen: number[] = []
  return {
    look: () => {
      collectGarbage()
      seen.push(process.memoryUsage().heapUsed)
    },
    growth: () => Math.max(...seen) - (seen[0] ?? 0),
    looks: () => seen.length,
  }
}

describe('a file of a million lines', () => {
  it('streams in memory that does not grow', { timeout: 60_000 }, async () => {
    const heap = watchHeap()
    let next = 100_000
    const onProgress = ({ lines }: { readonly lines: number }) => {
      if (lines < next) return
      next += 100_000
      heap.look()
    }
    let last: GenericOutboundRow | undefined
    const began = performance.now()
    for await (const row of readGenericOutbound(inLargerChunks(largeFile()), { onProgress })) last = row
    const seconds = (performance.now() - began) / 1000
    console.log(`read ${Math.round(LINES / seconds)} lines/s, heap grew by ${Math.round(heap.growth() / MEGABYTE)} MB`)
    expect(last).toMatchObject({
      came: { lines: LINES, faults: 0, records: { CM: { upserts: PEOPLE * COMPETENCES }, PR: { upserts: PEOPLE } } },
    })
    expect(heap.looks()).toBe(10)
    expect(heap.growth()).toBeLessThan(ALLOWED_GROWTH)
    expect(seconds).toBeLessThan(30)
  })

  describe('on disk', () => {
    let folder = ''
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'esr-large-'))
      await pipeline(Readable.from(inLargerChunks(largeFile())), createWriteStream(join(folder, FILE_NAME)))
    }, 60_000)
    afterAll(() => rm(folder, { recursive: true }))

    it('is opened in memory that does not grow, and answers at once', { timeout: 120_000 }, async () => {
      const heap = watchHeap()
      let next = 100_000
      const onProgress = ({ lines }: { readonly lines: number }) => {
        if (lines < next) return
        next += 100_000
        heap.look()
      }
      const began = performance.now()
      const files = await openGenericOutbound(join(folder, FILE_NAME), { onProgress, folder })
      const opened = performance.now()
      heap.look()
      for (let person = 0; person < PEOPLE; person += 1_000) {
        const record = await files.byAssignmentNumber(`3${numberOf(person)}`, '2026-06-01')
        expect(record?.competences).toHaveLength(COMPETENCES)
      }
      const answered = performance.now()
      await files.close()
      console.log(
        `opened in ${((opened - began) / 1000).toFixed(1)} s, an answer in ${((answered - opened) / 100).toFixed(1)} ms, heap grew by ${Math.round(heap.growth() / MEGABYTE)} MB`,
      )
      expect(heap.growth()).toBeLessThan(ALLOWED_GROWTH)
      expect((opened - began) / 1000).toBeLessThan(60)
      // Looking through the file would take seconds for each.
      expect((answered - opened) / 100).toBeLessThan(200)
    })
  })
})
