import type { NewInstrument } from '@pe/contracts/market.ts'
import { isCurrency, quoteUnit } from '@pe/finance/money/currency.ts'
import type { ImportedInstrument } from '../imported-file.ts'

/** What an asset profile of an export says; only a person's own (MANUAL) assets have one. */
export interface AssetProfile {
  readonly dataSource: string
  readonly symbol: string
  readonly name: string
  readonly currency: string
  readonly isin: string
  readonly kind: NewInstrument['kind']
}

export interface Asset {
  readonly key: string
  readonly name: string
}

const isinShape = /^[A-Z]{2}[A-Z0-9]{9}[0-9]$/
const uuidShape = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** The assets that activities name, by data source and symbol. A listed asset is known by its symbol alone, its currency that of its first activity. */
export class AssetBook {
  readonly #profiles = new Map<string, AssetProfile>()
  readonly #instruments = new Map<string, ImportedInstrument>()

  profile(profile: AssetProfile): void {
    this.#profiles.set(keyOf(profile), profile)
  }

  /** The asset of an activity or a profile; null without a symbol. */
  of(activity: { dataSource: string; symbol: string; currency: string }): Asset | null {
    if (!activity.symbol) return null
    const key = keyOf(activity)
    const known = this.#instruments.get(key)
    if (known) return { key, name: known.instrument.name }
    const profile = this.#profiles.get(key)
    const pair = activity.dataSource === 'YAHOO' ? cryptoPair(activity.symbol) : null
    const code = profile?.currency || pair || activity.currency
    const unit = quoteUnit(code)
    if (!unit) return null
    const isin = profile?.isin || activity.symbol
    const kind = profile?.kind ?? (pair ? 'crypto' : undefined)
    const name = this.nameOf(activity)
    const instrument: NewInstrument = {
      name,
      currency: unit.currency,
      ...(code === unit.currency ? {} : { quoteUnit: code === 'GBp' ? 'GBX' : code.toUpperCase() }),
      ...(kind ? { kind } : {}),
      ...(isinShape.test(isin) ? { isin } : {}),
      ...(activity.symbol !== name && !uuidShape.test(activity.symbol) && !isinShape.test(activity.symbol)
        ? { symbol: activity.symbol.slice(0, 40) }
        : {}),
      ...(activity.dataSource !== 'MANUAL' && activity.symbol === name && !isinShape.test(name) ? { symbol: name.slice(0, 40) } : {}),
    }
    this.#instruments.set(key, { key, instrument })
    return { key, name }
  }

  nameOf(activity: { dataSource: string; symbol: string }): string {
    return (this.#profiles.get(keyOf(activity))?.name || activity.symbol).slice(0, 200)
  }

  instruments(): ImportedInstrument[] {
    return [...this.#instruments.values()]
  }
}

function keyOf({ dataSource, symbol }: { dataSource: string; symbol: string }): string {
  return `${dataSource}|${symbol}`
}

/** BTCUSD as Ghostfolio keeps Yahoo's BTC-USD: quoted in its last three letters. */
function cryptoPair(symbol: string): string | null {
  const code = /^[A-Z0-9]{2,6}-?([A-Z]{3})$/.exec(symbol)?.[1] ?? ''
  return symbol.replace('-', '').length >= 6 && isCurrency(code) && !symbol.includes('.') ? code : null
}
