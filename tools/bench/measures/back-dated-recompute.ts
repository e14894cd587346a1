import { packLedger } from '@pe/finance/kernel/packed-ledger.ts'
import { revalueDaily, valueDaily } from '@pe/finance/kernel/value-daily.ts'
import { kernelInput, ledgerOf } from '../kernel-input.ts'
import { type Measured, measured } from '../measured.ts'
import type { Workload } from '../workload.ts'

const [warmUps, repeats] = [10, 40]

/** A purchase ten years ago: the ledger packed again, the touched instrument valued again, everything added up again. */
export function backDatedRecompute(workload: Workload): Measured {
  const ledger = ledgerOf(workload)
  const input = kernelInput(workload, ledger)
  const before = valueDaily(input)
  const samples: number[] = []
  for (let run = 0; run < warmUps + repeats; run++) {
    const first = ledger[run % workload.symbols.length]
    if (!first?.instrumentId) throw new Error('the workload begins with a purchase of every instrument')
    const after = [{ ...first, id: `late ${run}`, date: (ledger[0] as typeof first).date }, ...ledger]
    const start = performance.now()
    revalueDaily(before, { ...input, ledger: packLedger(after) }, new Set([first.instrumentId]))
    if (run >= warmUps) samples.push(performance.now() - start)
  }
  return measured('back-dated transaction, recomputed', samples)
}
