import { describe, expect, it } from 'vitest'
import { randomWalk } from './random-walk.ts'

describe('a random walk', () => {
  const walk = { seed: 7, start: 100, drift: 0.08, volatility: 0.2 }

  it('is the same for the same seed and another for another', () => {
    expect(randomWalk(walk, 500)).toEqual(randomWalk(walk, 500))
    expect(randomWalk({ ...walk, seed: 8 }, 500)).not.toEqual(randomWalk(walk, 500))
  })

  it('begins at its start and moves about as much as it is told to', () => {
    const values = randomWalk(walk, 20_000)
    expect(values[0]).toBe(100)
    const steps = values.slice(1).map((value, at) => Math.log(value / (values[at] ?? value)))
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length
    const variance = steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / (steps.length - 1)
    expect(Math.sqrt(variance * 260)).toBeCloseTo(0.2, 2)
  })
})
