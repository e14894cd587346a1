import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it, describe as suite } from 'vitest'
import { runFile } from './run-file.ts'
import { describe, runFolder } from './run-folder.ts'

const folder = fileURLToPath(new URL('../../../shared/reference', import.meta.url))
const present = existsSync(folder)
if (!present) console.log('../shared/reference is not there: its cases are not run.')

suite('the reference files', () => {
  it('are there where they must be', () => {
    expect(present || process.env.PE_REQUIRE_SHARED !== '1', '../shared/reference is missing and PE_REQUIRE_SHARED is 1').toBe(true)
  })

  it.runIf(present)('pass, every case and line whose needs we meet', { timeout: 60_000 }, () => {
    const reports = runFolder(folder)
    expect(reports.flatMap(({ file, complaints }) => complaints.map((complaint) => `${file} ${complaint}`))).toEqual([])
    const returns = reports.find(({ file }) => file === 'xirr-twr-reference.json')
    expect(returns?.cases).toEqual({ passed: 28, failed: 0, waiting: 0 })
    const peers = reports.filter(({ file }) => /^(portfolio-performance|wealthfolio|ghostfolio)/.test(file))
    expect(peers.map(({ file, lines }) => [file, lines.waiting])).toEqual([
      ['ghostfolio-cases.json', 0],
      ['ghostfolio-divergence-cases.json', 0],
      ['portfolio-performance-cases.json', 0],
      ['wealthfolio-cases.json', 0],
    ])
    const subjects = new Set(['metrics', 'attribution', 'var', 'rebalance', 'bond-option'])
    for (const report of reports)
      if ([...report.needs.keys()].every((need) => !subjects.has(need))) expect(report.cases.passed).toBeGreaterThan(0)
  })
})

suite('a reference file', () => {
  const peer = (cases: readonly unknown[]) => runFile('cases.json', JSON.stringify({ schema: 'reference-cases/2', cases }))
  const drawdown = (expected: object, rest: object = {}) => ({
    id: 'D1',
    type: 'drawdown',
    title: 'falls by half',
    needs: ['drawdown'],
    input: {
      cumulativeReturns: [
        ['2026-01-01', '0'],
        ['2026-01-05', '-0.5'],
        ['2026-01-08', '0.1'],
      ],
    },
    expect: [expected],
    ...rest,
  })

  it('passes and fails line by line', () => {
    expect(peer([drawdown({ figure: 'maxDrawdown', value: '0.5', tolerance: '0' })]).cases).toEqual({ passed: 1, failed: 0, waiting: 0 })
    expect(peer([drawdown({ figure: 'recoveryTo', value: '2026-01-08' })]).cases.passed).toBe(1)
    const wrong = peer([drawdown({ figure: 'maxDrawdown', value: '0.4', tolerance: '0.01' })])
    expect(wrong.cases.failed).toBe(1)
    expect(wrong.complaints[0]).toContain('expected 0.4 within 0.01, is 0.5')
  })

  it('chains a series of values and knows when its flows are unknown', () => {
    const series = {
      id: 'S1',
      type: 'valuation-series',
      title: 'a deposit is no gain',
      needs: ['twr'],
      input: {
        values: [
          ['2026-01-01', '100'],
          ['2026-02-01', '260'],
        ],
        flows: [['2026-02-01', '100']],
      },
      expect: [
        { figure: 'twr', from: '2026-01-01', to: '2026-02-01', value: '0.3', tolerance: '0.000000000001' },
        { figure: 'profit', from: '2026-01-01', to: '2026-02-01', value: '60', tolerance: '0' },
      ],
    }
    expect(peer([series]).lines).toEqual({ passed: 2, failed: 0, waiting: 0 })
    const unknown = { ...series, input: { ...series.input, flows: null } }
    const expectUnknown = [{ figure: 'twr', from: '2026-01-01', to: '2026-02-01', value: null, reason: 'flows-unknown' }]
    expect(peer([{ ...unknown, expect: expectUnknown }]).lines.passed).toBe(1)
    expect(peer([unknown]).lines.failed).toBe(2)
  })

  it('reads the rhythm of a list of payments', () => {
    const payments = (last: string) => ({
      id: 'R1',
      type: 'dividend-rhythm',
      title: 'paid twice',
      needs: ['dividend-rhythm'],
      input: {
        payments: [
          ['2025-05-05', '10'],
          [last, '10'],
        ],
      },
      expect: [{ figure: 'dividendRhythm', value: 'annual' }],
    })
    expect(peer([payments('2026-05-05')]).lines).toEqual({ passed: 1, failed: 0, waiting: 0 })
    expect(peer([payments('2025-08-05')]).complaints[0]).toContain('expected annual, is quarterly')
  })

  it('reckons splits: multiplied before divided', () => {
    const split = (figure: string, value: string, input: object) => ({
      id: 'A1',
      type: 'split-arithmetic',
      title: 'one for three',
      needs: ['split'],
      input: { new: '1', old: '3', quantity: '10', ...input },
      expect: [{ figure, value, tolerance: '0' }],
    })
    expect(peer([split('splitQuantity', '3.33333333', {})]).lines.passed).toBe(1)
    expect(peer([split('splitQuantity', '30', { new: '3', old: '1' })]).lines.passed).toBe(1)
    expect(peer([split('splitPrice', '7.5', { price: '2.5' })]).lines.passed).toBe(1)
    expect(peer([split('splitPrice', '7.5', {})]).complaints[0]).toContain('unknown shape')
  })

  it('waits for what is missing and counts it', () => {
    const report = peer([drawdown({ figure: 'maxDrawdown', value: '0.5', tolerance: '0', needs: ['option-multiplier'] })])
    expect(report.cases.waiting).toBe(1)
    expect([...report.needs]).toEqual([['option-multiplier', 1]])
    expect(describe(report)).toContain('waiting for: option-multiplier 1')
  })

  it.each([
    ['a type', drawdown({ figure: 'maxDrawdown', value: '0.5', tolerance: '0' }, { type: 'draw-down' })],
    ['a need', drawdown({ figure: 'maxDrawdown', value: '0.5', tolerance: '0' }, { needs: ['luck'] })],
    ['a figure', drawdown({ figure: 'minDrawdown', value: '0.5', tolerance: '0' })],
    ['a key', drawdown({ figure: 'maxDrawdown', value: '0.5', tolerance: '0' }, { remark: 'new' })],
  ])('refuses %s that the shapes do not list', (_, entry) => {
    const report = peer([entry])
    expect(report.cases.failed).toBe(1)
    expect(report.complaints[0]).toContain('unknown shape')
  })

  it('refuses own-shape types, metrics and files that it does not know', () => {
    expect(runFile('a.json', '{"cases":[{"id":"1","type":"var_es_univariate","inputs":{},"expected":{}}]}').cases.waiting).toBe(1)
    expect(runFile('a.json', '{"cases":[{"id":"1","type":"horoscope","inputs":{},"expected":{}}]}').cases.failed).toBe(1)
    expect(runFile('a.json', '{"metric_definitions":{"sharpe":{}},"cases":[{"id":"1","metric":"sharp"}]}').cases.failed).toBe(1)
    expect(runFile('a.json', '{"rows":[]}').complaints[0]).toContain('unknown shape')
    expect(runFile('a.json', 'cases').complaints[0]).toContain('not JSON')
  })

  it('holds own-shape figures to their tolerance', () => {
    const twr = (value: number) => ({
      id: 'T1',
      type: 'twr',
      inputs: {
        valuations: [
          { date: '2025-01-01', value: 100 },
          { date: '2026-01-01', value: 110 },
        ],
        flows: [],
      },
      expected: { end_of_day: { status: 'ok', twr: value } },
    })
    const run = (value: number) => runFile('a.json', JSON.stringify({ cases: [twr(value)] })).cases
    expect(run(110 / 100 - 1).passed).toBe(1)
    expect(run(0.1001).failed).toBe(1)
  })
})
