import { valueDaily } from '@pe/finance/kernel/value-daily.ts'
import { internalRateOfReturn } from '@pe/finance/returns/internal-rate-of-return.ts'
import { timeWeightedReturn } from '@pe/finance/returns/time-weighted-return.ts'
import { drawdownOfSeries } from '@pe/finance/statistics/drawdown.ts'
import { volatility } from '@pe/finance/statistics/volatility.ts'
import { kernelInput, ledgerOf } from '../kernel-input.ts'
import { type Measured, measured } from '../measured.ts'
import type { Workload } from '../workload.ts'

const [warmUps, repeats] = [15, 40]

/** The kernel by itself, in this process, on loaded columns: ten years of daily values, TWR, XIRR, drawdown and volatility. */
export function valuationAlone(workload: Workload): Measured {
  const input = kernelInput(workload, ledgerOf(workload))
  const samples: number[] = []
  for (let run = 0; run < warmUps + repeats; run++) {
    const start = performance.now()
    const series = valueDaily(input)
    timeWeightedReturn(series)
    drawdownOfSeries(series)
    volatility(series)
    const flows = Array.from(series.value, (_, i) => ({
      day: input.firstDay + i,
      amount: (series.outflow[i] as number) - (series.inflow[i] as number),
    }))
    flows.push({ day: input.lastDay, amount: series.value.at(-1) as number })
    internalRateOfReturn(flows)
    if (run >= warmUps) samples.push(performance.now() - start)
  }
  return measured('valuation and returns alone', samples)
}
