import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { runCorpus } from '../truth.ts'
import { writeRandomCase } from './random-case.fixture.ts'

const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1)
const folder = mkdtempSync(join(tmpdir(), 'random-truth-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('prices any rate of the reference structures like a second, plain program', () => {
  for (const seed of SEEDS) writeRandomCase(folder, seed)
  const results = runCorpus(folder)
  expect(results.filter((result) => !result.passed)).toEqual([])
  expect(results).toHaveLength(SEEDS.length)
}, 120_000)
