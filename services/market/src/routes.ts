import type { MarketRoutes } from '@pe/contracts/market.ts'
import type { Handlers } from '@pe/contracts/route.ts'
import { changeAction } from './actions/change-action.ts'
import { getAction, listActions } from './actions/list-actions.ts'
import { recordAction } from './actions/record-action.ts'
import { removeAction } from './actions/remove-action.ts'
import { restoreActions } from './actions/restore-actions.ts'
import { changeInstrument } from './change-instrument.ts'
import { listCloses } from './closes.ts'
import { createInstrument } from './create-instrument.ts'
import { getInstrument, listInstruments } from './instruments.ts'
import type { MarketDeps } from './market-deps.ts'
import { packedCloses, packedRates } from './packed.ts'
import { listRates } from './rates.ts'
import { recordCloseBatch, recordCloses } from './record-closes.ts'
import { recordRateBatch, recordRates } from './record-rates.ts'
import { resolveInstruments } from './resolve-instruments.ts'
import { restoreInstruments } from './restore-instruments.ts'
import { undoMarketImport } from './undo-import.ts'

/** Which use-case answers which operation. */
export function marketHandlers(market: MarketDeps): Handlers<MarketRoutes> {
  return {
    listInstruments: (input, call) => listInstruments(market, input, call),
    createInstrument: (input, call) => createInstrument(market, input, call),
    getInstrument: (input, call) => getInstrument(market, input, call),
    changeInstrument: (input, call) => changeInstrument(market, input, call),
    listCloses: (input, call) => listCloses(market, input, call),
    recordCloses: (input, call) => recordCloses(market, input, call),
    listRates: (input, call) => listRates(market, input, call),
    recordRates: (input, call) => recordRates(market, input, call),
    resolveInstruments: (input, call) => resolveInstruments(market, input, call),
    recordCloseBatch: (input, call) => recordCloseBatch(market, input, call),
    recordRateBatch: (input, call) => recordRateBatch(market, input, call),
    undoMarketImport: (input, call) => undoMarketImport(market, input, call),
    restoreInstruments: (input, call) => restoreInstruments(market, input, call),
    restoreActions: (input, call) => restoreActions(market, input, call),
    packedCloses: (input, call) => packedCloses(market, input, call),
    packedRates: (input, call) => packedRates(market, input, call),
    listActions: (input, call) => listActions(market, input, call),
    recordAction: (input, call) => recordAction(market, input, call),
    getAction: (input, call) => getAction(market, input, call),
    changeAction: (input, call) => changeAction(market, input, call),
    removeAction: (input, call) => removeAction(market, input, call),
  }
}
