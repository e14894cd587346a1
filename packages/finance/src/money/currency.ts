import { Decimal } from './decimal.ts'

/** An ISO 4217 code of money that accounts can hold: 'EUR'. Quote units such as GBX are no currencies: see `quoteUnit`. */
export type Currency = string & { readonly currency: unique symbol }

const twoDigits =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK ' +
  'DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT ' +
  'LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR ' +
  'RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED ' +
  'VES WST XCD XCG YER ZAR ZMW ZWG ZWL'
const noDigits = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'
const threeDigits = 'BHD IQD JOD KWD LYD OMR TND'
/** Money that no longer circulates but stands in old books. */
const withdrawn = 'ATS BEF CYP DEM EEK ESP FIM FRF GRD IEP ITL LTL LUF LVL MTL NLG PTE SIT SKK'

const minorDigits = new Map<string, number>([
  ...`${twoDigits} ${withdrawn}`.split(' ').map((code) => [code, 2] as const),
  ...noDigits.split(' ').map((code) => [code, 0] as const),
  ...threeDigits.split(' ').map((code) => [code, 3] as const),
])

/** All codes, in alphabetical order. */
export const currencies: readonly Currency[] = [...minorDigits.keys()].sort() as Currency[]

export function isCurrency(code: string): code is Currency {
  return minorDigits.has(code)
}

/** Reads a code; throws a RangeError for one that ISO 4217 does not list. */
export function currency(code: string): Currency {
  if (!isCurrency(code)) throw new RangeError(`unknown currency: ${JSON.stringify(code)}`)
  return code
}

/** Digits of the minor unit by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD. */
export function digitsOf(code: Currency): number {
  return minorDigits.get(code) ?? 2
}

/** What a price may be quoted in: a currency, or a hundredth of one. */
export interface QuoteUnit {
  readonly currency: Currency
  /** Quote units in one unit of the currency: 100 for GBX, else 1. */
  readonly perCurrency: Decimal
}

const hundred = Decimal.parse('100')
const hundredths = new Map(Object.entries({ GBX: 'GBP', GBp: 'GBP', ILA: 'ILS', ZAC: 'ZAR', ZAc: 'ZAR' }))

/** Reads 'EUR' or a minor-unit quote such as 'GBX', 'GBp', 'ILA', 'ZAc'; null for neither. */
export function quoteUnit(code: string): QuoteUnit | null {
  const whole = hundredths.get(code)
  if (whole) return { currency: currency(whole), perCurrency: hundred }
  return isCurrency(code) ? { currency: code, perCurrency: Decimal.one } : null
}
