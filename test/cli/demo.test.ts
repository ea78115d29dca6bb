import { describe, expect, it } from 'vitest'
import { cli } from './support.js'

describe('the demonstration', () => {
  it('goes from one trust’s ESR to another’s Trac and ESR, and refuses six things', async () => {
    const { exitCode, out, err } = await cli(['demo'])
    expect([exitCode, err]).toEqual([0, ''])
    const [, trust, esr, verdict, systems, attacks] = out.split(/\n\n?\d\. /)
    expect(trust).toContain('signs a trust list')
    expect(esr).toMatch(/Last name +O’Example-Testwell +O’Example-Testwell +equal/)
    expect(esr).toMatch(/26 credentials from ESR, 7 of what HR checked itself/)
    expect(verdict).toContain('The whole presentation: accepted')
    expect(verdict?.match(/^\S+ +accepted( +yes){7}$/gm)).toHaveLength(29)
    expect(systems).toMatch(/DbsSupportingInformation +Press "Check NHS Digital Staff Passport".* sent$/m)
    expect(systems).toMatch(/RightToWork +sent +there already$/m)
    expect(systems).toMatch(/CoreSkill +17 +0/)
    expect(systems).toMatch(/Identity +0 +1 +The system takes no records of this type\./)
    expect(attacks?.match(/ rejected /g)).toHaveLength(6)
    expect(attacks).toMatch(/Done in [\d.]+ s/)
  }, 30_000)
})
